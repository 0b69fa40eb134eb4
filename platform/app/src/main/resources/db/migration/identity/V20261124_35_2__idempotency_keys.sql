-- answers to POST requests that carried an Idempotency-Key, kept for a day
create table idempotency_key (
    organization_id uuid        not null,
    user_id         uuid        not null,
    key             text        not null,
    fingerprint     bytea       not null,
    status          int,
    headers         json,
    body            bytea,
    created_at      timestamptz not null default now(),
    primary key (organization_id, user_id, key)
);

create index idempotency_key_age on idempotency_key (created_at);
