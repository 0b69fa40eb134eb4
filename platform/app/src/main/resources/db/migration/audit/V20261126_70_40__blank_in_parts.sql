-- Whose origins are still to be taken out of which log, and behind which event: a key may have acted a million times, which is too
-- much for the request that erases an account. A row goes when all is done.
create table audit_to_blank (
    organization_id uuid not null,
    actor_id        uuid not null,
    behind          uuid not null default '00000000-0000-0000-0000-000000000000',
    primary key (organization_id, actor_id)
);

-- At most so many events behind the given one, along the index of actors; the last of them, null for none.
create function audit_blank_part(log uuid, actor uuid, behind uuid, most integer) returns uuid
language plpgsql security definer set search_path = cadre, pg_temp as $$
declare
  last uuid;
begin
  with part as (
      select id from audit_event
      where organization_id = log and actor_id = actor and actor_kind in ('user', 'api_key') and id > behind
      order by id limit most),
    blanked as (
      update audit_event e set origin = null, origin_salt = null from part where e.organization_id = log and e.id = part.id)
  select id into last from part order by id desc limit 1;
  return last;
end $$;
revoke all on function audit_blank_part from public;
grant execute on function audit_blank_part to cadre_hub;
