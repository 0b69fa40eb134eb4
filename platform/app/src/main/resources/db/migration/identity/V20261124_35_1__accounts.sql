create table user_account (
    id                   uuid primary key,
    email                text        not null unique,
    name                 text        not null,
    password_hash        text        not null,
    created_at           timestamptz not null default now()
);

-- one sign-in; its refresh tokens are a family that is revoked together
create table session (
    id              uuid primary key,
    user_id         uuid        not null references user_account (id) on delete cascade,
    organization_id uuid        not null,
    created_at      timestamptz not null default now(),
    expires_at      timestamptz not null,
    revoked_at      timestamptz
);

create index session_by_user on session (user_id, created_at);

create table refresh_token (
    hash       bytea primary key,
    session_id uuid        not null references session (id) on delete cascade,
    created_at timestamptz not null default now(),
    used_at    timestamptz
);

create index refresh_token_session on refresh_token (session_id);
