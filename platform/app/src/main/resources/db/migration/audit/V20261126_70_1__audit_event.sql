-- The log of who did what. The hub's roles can read it and add to it, by the function below; they can neither change nor delete
-- what is there. Origin and content are texts that may have to be forgotten: the chain holds the commitments to them instead.
create table audit_event (
    organization_id    uuid        not null,
    id                 uuid        not null,
    at                 timestamptz not null,
    actor_kind         text        not null check (actor_kind in ('user', 'api_key', 'service_account', 'system', 'anonymous')),
    actor_id           uuid,
    action             text        not null,
    subject_type       text        not null,
    subject_id         text        not null,
    origin             text,
    origin_salt        bytea,
    origin_commitment  bytea       not null,
    content            text,
    content_salt       bytea,
    content_commitment bytea       not null,
    position           bigint,
    hash               bytea,
    primary key (organization_id, id)
);

create index audit_event_by_actor on audit_event (organization_id, actor_id, id);
create index audit_event_by_action on audit_event (organization_id, action, id);
create index audit_event_open on audit_event (organization_id, id) where position is null;
create unique index audit_event_chain on audit_event (organization_id, position) where position is not null;

revoke all on audit_event from cadre_hub, cadre_organization;
grant select on audit_event to cadre_hub, cadre_organization;

-- What concerns a person is kept by each of that person's organizations, and what belongs to none of them by the installation,
-- which has the id 0. A request may add to a log that it can't see: so this runs as the tables' owner.
create function audit_record(event_id uuid, event_organization uuid, event_person uuid, event_at timestamptz,
    event_actor_kind text, event_actor_id uuid, event_action text, event_subject_type text, event_subject_id text,
    event_origin text, event_origin_salt bytea, event_origin_commitment bytea,
    event_content text, event_content_salt bytea, event_content_commitment bytea) returns void
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
    origin, origin_salt, origin_commitment, content, content_salt, content_commitment)
  select organization_id, event_id, event_at, event_actor_kind, event_actor_id, event_action, event_subject_type,
    event_subject_id, event_origin, event_origin_salt, event_origin_commitment, event_content, event_content_salt,
    event_content_commitment from all_logs;
$$;
revoke all on function audit_record from public;
grant execute on function audit_record to cadre_hub, cadre_organization;
