-- Runs after every migration: each table with an organization gets its wall, and the roles that the hub works in may use the
-- tables. What is there already is left alone, so that nodes that start at once don't wait for each other. A session is its
-- person's, who may be in several organizations; which organization was the first is the installation's.
-- Within an organization's wall stands that of projects, for the role of those who do not see all of them: a table with a
-- project_id shows what belongs to no project or to one that the member is in, a table that names a run, task, workflow or
-- connection what goes with one that is in sight. A subquery that gives one value is looked up by its key, row by row; as an
-- exists it might be made into a list of all that is in sight.
do $$
declare
  it record;
  visible text;
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
  for it in select t.name, t.relname, (select a.attname from pg_attribute a
        where a.attrelid = t.name and not a.attisdropped and a.attname in ('project_id', 'run_id', 'task_id', 'workflow_id', 'connection_id')
        order by array_position(array['project_id', 'run_id', 'task_id', 'workflow_id', 'connection_id'], a.attname::text) limit 1) as of
    from (select c.oid::regclass as name, c.relname from pg_class c
      where c.relnamespace = 'cadre'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
        and c.relname <> 'project_member'
        and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'project')) t
  loop
    visible := case
      when it.relname = 'project' then
        '(select true from cadre.project_member m where m.project_id = project.id'
          || ' and m.user_id = current_setting(''cadre.member'')::uuid)'
      -- a run that another one called shows what that one works with
      when it.relname = 'run' then
        '(select true from cadre.workflow w where w.id = run.workflow_id) and (root_workflow_id is null'
          || ' or (select true from cadre.workflow w where w.id = run.root_workflow_id))'
      when it.of = 'project_id' then format('project_id is null or (select true from cadre.project_member m'
          || ' where m.project_id = %s.project_id and m.user_id = current_setting(''cadre.member'')::uuid)', it.name)
      when it.of is not null then format('(select true from cadre.%I x where x.id = %s.%I)',
          left(it.of, -3), it.name, it.of)
      end;
    if visible is not null then
      -- who makes a project is in it a moment later
      execute format('create policy project on %s as restrictive to cadre_project using (%s)', it.name, visible)
        || case it.relname when 'project' then ' with check (true)' else '' end;
    end if;
  end loop;
end $$;
