-- Projects: what belongs to one is seen by its members only, and by those who see all projects. Who leaves the organization
-- leaves its projects with it.
create table project (
    id              uuid        primary key,
    organization_id uuid        not null references organization (id) on delete cascade,
    name            text        not null,
    description     text        not null,
    revision        bigint      not null default 1,
    created_at      timestamptz not null default now(),
    unique (organization_id, id)
);
create unique index project_name on project (organization_id, lower(name));

create table project_member (
    project_id      uuid        not null,
    user_id         uuid        not null,
    organization_id uuid        not null,
    added_at        timestamptz not null default now(),
    primary key (project_id, user_id),
    foreign key (organization_id, project_id) references project (organization_id, id) on delete cascade,
    foreign key (organization_id, user_id) references membership (organization_id, user_id) on delete cascade
);
create index project_member_user on project_member (organization_id, user_id);
