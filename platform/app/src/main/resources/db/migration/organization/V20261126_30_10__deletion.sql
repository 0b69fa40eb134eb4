-- From deletes_at on the organization and everything of it is erased; until then its owners can take the deletion back, and
-- nothing of it runs. erased_until is the lease of the node that erases it.
alter table organization add column deletes_at timestamptz, add column erased_until timestamptz;

create index organization_deletes on organization (deletes_at) where deletes_at is not null;

-- Deletes rows of an organization whose time has come, and of no other, from whichever table. It runs as the tables' owner, since
-- the hub itself can't delete from a log that may only be added to.
create function erase_rows(wanted text, organization uuid, most int) returns int
language plpgsql security definer set search_path = cadre, pg_temp as $$
declare
  deleted int := 0;
begin
  if exists (select from organization o where o.id = erase_rows.organization and o.deletes_at <= now()) then
    execute format('delete from %I where ctid = any(array(select ctid from %I where organization_id = $1 limit $2))',
      wanted, wanted) using organization, most;
    get diagnostics deleted = row_count;
  end if;
  return deleted;
end $$;
revoke all on function erase_rows from public;
grant execute on function erase_rows to cadre_hub;
