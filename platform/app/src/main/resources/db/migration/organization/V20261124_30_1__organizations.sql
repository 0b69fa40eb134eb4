create table organization (
    id         uuid primary key,
    name       text        not null,
    revision   bigint      not null default 1,
    created_at timestamptz not null default now()
);

create table membership (
    organization_id uuid        not null references organization (id) on delete cascade,
    user_id         uuid        not null,
    role            text        not null check (role in ('owner', 'admin', 'member', 'viewer')),
    joined_at       timestamptz not null default now(),
    primary key (organization_id, user_id)
);

create index membership_user on membership (user_id);
