-- Keys that had ended before somebody noted whose they are: the log itself tells who they were made for.
insert into owner_of_key (key_id, organization_id, user_id)
  select subject_id::uuid, organization_id, (content::json -> 'after' ->> 'owner')::uuid from audit_event
  where action = 'api-key.created' and content is not null and content::json -> 'after' ->> 'owner' is not null
    and exists (select from user_account u where u.id = (content::json -> 'after' ->> 'owner')::uuid)
  on conflict do nothing;

-- Also where a person's own keys were used from: who acts by a key is that person.
drop function audit_blank;
create function audit_blank(person uuid, keys uuid[]) returns integer
language plpgsql security definer set search_path = cadre, pg_temp as $$
declare
  own integer;
  of_keys integer;
begin
  update audit_event set origin = null, origin_salt = null where actor_kind = 'user' and actor_id = person;
  get diagnostics own = row_count;
  update audit_event set origin = null, origin_salt = null where actor_kind = 'api_key' and actor_id = any(keys);
  get diagnostics of_keys = row_count;
  return own + of_keys;
end $$;
revoke all on function audit_blank from public;
grant execute on function audit_blank to cadre_hub;
create index audit_event_of_key on audit_event (actor_id) where actor_kind = 'api_key';
