-- A deleted workflow stays: runs under way still follow their revision, and the diagrams of old runs are still shown.
create table workflow (
    id uuid primary key,
    organization_id uuid not null,
    name text not null,
    description text not null,
    revision int not null,
    published_version int,
    published_revision int,
    trigger_use text,
    trigger_path text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz
);
create index on workflow (organization_id, updated_at desc, id desc) where deleted_at is null;

-- Every save, as it was drawn. Never changed.
create table workflow_revision (
    workflow_id uuid not null references workflow,
    revision int not null,
    organization_id uuid not null,
    name text not null,
    description text not null,
    bpmn_xml text not null,
    saved_by uuid not null,
    saved_at timestamptz not null default now(),
    primary key (workflow_id, revision)
);

create table workflow_version (
    workflow_id uuid not null,
    version int not null,
    organization_id uuid not null,
    revision int not null,
    published_by uuid not null,
    published_at timestamptz not null default now(),
    primary key (workflow_id, version),
    foreign key (workflow_id, revision) references workflow_revision
);
