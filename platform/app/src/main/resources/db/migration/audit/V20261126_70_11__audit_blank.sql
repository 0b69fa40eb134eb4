-- Forgets where a person acted from, and with which browser; the chain holds the commitment to it, and goes on holding.
create function audit_blank(person uuid) returns integer
language plpgsql security definer set search_path = cadre, pg_temp as $$
declare
  blanked integer;
begin
  update audit_event set origin = null, origin_salt = null where actor_kind = 'user' and actor_id = person;
  get diagnostics blanked = row_count;
  return blanked;
end $$;
revoke all on function audit_blank from public;
grant execute on function audit_blank to cadre_hub;
create index audit_event_of_person on audit_event (actor_id) where actor_kind = 'user';
