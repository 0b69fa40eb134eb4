-- Each event bears a seal of the hub that wrote it, so that nobody else adds or changes one unseen, and the events of an
-- organization form a chain. What was written in the hours before there were seals can't be checked: the log begins here.
truncate audit_event;
alter table audit_event add column seal bytea not null;

-- The key of seals and chains, readable with the installation's key only. The hub writes it once.
create table audit_key (
    id     integer primary key check (id = 1),
    sealed bytea   not null
);
revoke all on audit_key from cadre_hub, cadre_organization;
grant select, insert, update on audit_key to cadre_hub;
grant select on audit_key to cadre_organization;

-- Where the chain ends, and where it begins after old events were deleted.
create table audit_head (
    organization_id uuid primary key,
    position        bigint      not null,
    hash            bytea       not null,
    mac             bytea       not null,
    sealed_at       timestamptz not null default now()
);
create table audit_anchor (
    organization_id uuid primary key,
    position        bigint      not null,
    hash            bytea       not null,
    mac             bytea       not null,
    forgotten_at    timestamptz not null default now()
);
revoke all on audit_head, audit_anchor from cadre_hub, cadre_organization;
grant select on audit_head, audit_anchor to cadre_hub, cadre_organization;

create table audit_retention (
    organization_id uuid primary key,
    days            integer not null check (days between 30 and 3650),
    revision        bigint  not null default 1
);

drop function audit_record;
create function audit_record(event_id uuid, event_organization uuid, event_person uuid, event_at timestamptz,
    event_actor_kind text, event_actor_id uuid, event_action text, event_subject_type text, event_subject_id text,
    event_origin text, event_origin_salt bytea, event_origin_commitment bytea,
    event_content text, event_content_salt bytea, event_content_commitment bytea, event_seal bytea) returns void
language sql security definer set search_path = cadre, pg_temp as $$
  with logs as (
    select event_organization as organization_id where event_organization is not null
    union all
    select organization_id from membership where event_organization is null and user_id = event_person),
  all_logs as (
    select organization_id from logs
    union all
    select '00000000-0000-0000-0000-000000000000'::uuid where not exists (select from logs))
  insert into audit_event (organization_id, id, at, actor_kind, actor_id, action, subject_type, subject_id,
    origin, origin_salt, origin_commitment, content, content_salt, content_commitment, seal)
  select organization_id, event_id, event_at, event_actor_kind, event_actor_id, event_action, event_subject_type,
    event_subject_id, event_origin, event_origin_salt, event_origin_commitment, event_content, event_content_salt,
    event_content_commitment, event_seal from all_logs;
$$;
revoke all on function audit_record from public;
grant execute on function audit_record to cadre_hub, cadre_organization;

-- Puts events that are in no chain yet behind its end. Nothing that is in a chain can be put anywhere else.
create function audit_chain(chain_organization uuid, event_ids uuid[], positions bigint[], hashes bytea[], head_mac bytea)
returns integer language plpgsql security definer set search_path = cadre, pg_temp as $$
declare
  linked integer;
begin
  update audit_event e set position = n.position, hash = n.hash
    from unnest(event_ids, positions, hashes) as n(id, position, hash)
    where e.organization_id = chain_organization and e.id = n.id and e.position is null;
  get diagnostics linked = row_count;
  insert into audit_head (organization_id, position, hash, mac)
    values (chain_organization, positions[cardinality(positions)], hashes[cardinality(hashes)], head_mac)
    on conflict (organization_id) do update
    set position = excluded.position, hash = excluded.hash, mac = excluded.mac, sealed_at = now();
  return linked;
end $$;
revoke all on function audit_chain from public;
grant execute on function audit_chain to cadre_hub;

-- Deletes the chain's beginning and leaves an anchor that the rest hangs on.
create function audit_forget(chain_organization uuid, last_position bigint, anchor_hash bytea, anchor_mac bytea)
returns integer language plpgsql security definer set search_path = cadre, pg_temp as $$
declare
  forgotten integer;
begin
  delete from audit_event where organization_id = chain_organization and position <= last_position;
  get diagnostics forgotten = row_count;
  insert into audit_anchor (organization_id, position, hash, mac)
    values (chain_organization, last_position, anchor_hash, anchor_mac)
    on conflict (organization_id) do update
    set position = excluded.position, hash = excluded.hash, mac = excluded.mac, forgotten_at = now();
  return forgotten;
end $$;
revoke all on function audit_forget from public;
grant execute on function audit_forget to cadre_hub;
