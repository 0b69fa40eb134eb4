create table connection (
    id uuid primary key,
    organization_id uuid not null,
    name text not null,
    type text not null,
    settings json not null,
    secrets bytea not null,
    tokens bytea,
    refreshing_until timestamptz,
    revision int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (organization_id, name)
);

-- The state of an authorization that a browser is on its way with. Only its hash is kept.
create table connection_authorization (
    state_hash bytea primary key,
    organization_id uuid not null,
    user_id uuid not null,
    connection_id uuid not null references connection on delete cascade,
    connection_revision int not null,
    verifier bytea not null,
    browser_hash bytea not null,
    expires_at timestamptz not null
);
create index on connection_authorization (connection_id);
