-- Roles that an organization makes of permissions. A role that somebody has can't go: the keys see to it, and to it that
-- nobody gets a role of another organization.
create table custom_role (
    id              uuid        primary key,
    organization_id uuid        not null references organization (id) on delete cascade,
    name            text        not null,
    permissions     text[]      not null,
    revision        bigint      not null default 1,
    created_at      timestamptz not null default now(),
    unique (organization_id, id)
);
create unique index custom_role_name on custom_role (organization_id, lower(name));

alter table membership
    add column custom_role_id uuid,
    drop constraint membership_role_check,
    add constraint membership_role_check check (role in ('owner', 'admin', 'member', 'viewer', 'custom')),
    add constraint membership_custom check ((role = 'custom') = (custom_role_id is not null)),
    add foreign key (organization_id, custom_role_id) references custom_role (organization_id, id);
create index membership_custom_role on membership (custom_role_id) where custom_role_id is not null;
