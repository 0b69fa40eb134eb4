-- Runs after every migration: each table with an organization gets its wall, and the roles that the hub works in may use the
-- tables. What is there already is left alone, so that nodes that start at once don't wait for each other. A session is its
-- person's, who may be in several organizations; which organization was the first is the installation's.
do $$
declare
  it record;
begin
  perform pg_advisory_xact_lock(hashtextextended('walls', 25));
  if not has_schema_privilege('cadre_organization', 'cadre', 'usage') then
    grant usage on schema cadre to cadre_hub, cadre_organization;
    alter default privileges in schema cadre grant select, insert, update, delete on tables to cadre_hub, cadre_organization;
  end if;
  for it in select c.oid::regclass as name from pg_class c
    where c.relnamespace = 'cadre'::regnamespace and c.relkind in ('r', 'p')
      and not (has_table_privilege('cadre_organization', c.oid, 'select') and has_table_privilege('cadre_hub', c.oid, 'select'))
  loop
    execute format('grant select, insert, update, delete on %s to cadre_hub, cadre_organization', it.name);
  end loop;
  for it in select c.oid::regclass as name, a.attname as organization from pg_class c
    join pg_attribute a on a.attrelid = c.oid
      and (a.attname = 'organization_id' or c.relname = 'organization' and a.attname = 'id')
    where c.relnamespace = 'cadre'::regnamespace and c.relkind in ('r', 'p') and not c.relrowsecurity
      and c.relname not in ('session', 'first_organization')
  loop
    execute format('create policy hub on %s to cadre_hub using (true) with check (true)', it.name);
    execute format('create policy organization on %s to cadre_organization'
      || ' using (%I = current_setting(''cadre.organization'')::uuid)'
      || ' with check (%I = current_setting(''cadre.organization'')::uuid)', it.name, it.organization, it.organization);
    execute format('alter table %s enable row level security', it.name);
  end loop;
end $$;
