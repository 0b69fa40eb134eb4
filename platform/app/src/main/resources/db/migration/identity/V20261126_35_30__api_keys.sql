-- Not everybody with an account is a person: a service account has no password, and nobody reads its mail
alter table user_account add column kind text not null default 'person' check (kind in ('person', 'service-account'));
alter table user_account alter column password_hash drop not null;

create table service_account (
    user_id         uuid primary key references user_account (id) on delete cascade,
    organization_id uuid        not null,
    description     text        not null,
    created_by      uuid        not null,
    created_at      timestamptz not null default now(),
    revision        bigint      not null default 1
);

create index service_account_organization on service_account (organization_id, user_id);

-- The key itself is kept nowhere
create table api_key (
    id                uuid primary key,
    organization_id   uuid        not null,
    user_id           uuid        not null references user_account (id) on delete cascade,
    name              text        not null,
    hash              bytea       not null,
    hint              text        not null, -- its last letters, to tell keys apart
    scopes            text[]      not null,
    allowed_addresses text[]      not null,
    created_by        uuid        not null,
    created_at        timestamptz not null default now(),
    expires_at        timestamptz not null,
    last_used_at      timestamptz,
    last_used_from    text,
    revision          bigint      not null default 1
);

create index api_key_owner on api_key (organization_id, user_id, id);
create index api_key_user on api_key (user_id);
