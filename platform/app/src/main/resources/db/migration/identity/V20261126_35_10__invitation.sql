-- Whom an organization has asked in, by address. The secret of the link is kept as its hash; used, withdrawn and old ones are gone.
create table invitation (
    id              uuid primary key,
    organization_id uuid        not null,
    email           text        not null,
    role            text        not null,
    hash            bytea       not null unique,
    invited_by      uuid        not null,
    created_at      timestamptz not null default now(),
    expires_at      timestamptz not null,
    unique (organization_id, email)
);

create index invitation_expires on invitation (expires_at);
