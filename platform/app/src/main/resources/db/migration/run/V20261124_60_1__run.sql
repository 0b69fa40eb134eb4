create table engine_definition (
    workflow_id       uuid        not null,
    revision          int         not null,
    format            int         not null,
    organization_id   uuid        not null,
    process_definition_id text    not null unique,
    deployed_at       timestamptz not null default now(),
    primary key (workflow_id, revision, format)
);

create table run (
    id                uuid primary key,
    organization_id   uuid        not null,
    workflow_id       uuid        not null,
    workflow_revision int         not null,
    workflow_version  int,
    workflow_name     text        not null,
    status            text        not null,
    trigger_use       text        not null,
    input             json        not null,
    vars              json,
    output            json,
    error             json,
    path              text        not null default '',
    revision          int         not null default 0,
    stuck             json,
    started_by        uuid,
    started_at        timestamptz not null,
    ended_at          timestamptz,
    input_tokens      bigint      not null default 0,
    output_tokens     bigint      not null default 0,
    cost              numeric(20, 10) not null default 0
) with (fillfactor = 80);
create index run_by_organization on run (organization_id, id desc);
create index run_by_workflow on run (workflow_id, id desc);
create index run_unfinished on run (organization_id, status, id desc) where status in ('queued', 'running', 'waiting', 'failed');

-- One execution of one step: the journal. Written when the step is reached and when it ends, never deleted with the lease.
create table task (
    id              uuid primary key,
    organization_id uuid        not null,
    run_id          uuid        not null references run (id) on delete cascade,
    element_id      text        not null,
    iteration       text        not null default '',
    visit           int         not null default 1,
    parent_id       uuid,
    call_id         text,
    name            text        not null,
    step_type       text        not null,
    status          text        not null,
    attempt         int         not null default 1,
    max_attempts    int         not null default 1,
    input           json,
    output          json,
    error           json,
    execution_id    text,
    started_at      timestamptz not null,
    ended_at        timestamptz,
    next_attempt_at timestamptz,
    input_tokens    bigint      not null default 0,
    output_tokens   bigint      not null default 0,
    cost            numeric(20, 10) not null default 0,
    unique (parent_id, call_id)
) with (fillfactor = 80);
create index task_by_run on task (run_id);

-- Work that a node has taken: nearly empty and hot. It lives exactly as long as its task waits to be finished.
create table lease (
    task_id         uuid primary key,
    organization_id uuid        not null,
    run_id          uuid        not null,
    node            uuid        not null,
    due_at          timestamptz not null,
    takeovers       int         not null default 0
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);
create index lease_by_node on lease (node);
create index lease_by_run on lease (run_id);

create table task_log (
    task_id         uuid        not null,
    organization_id uuid        not null,
    seq             bigint      generated always as identity,
    at              timestamptz not null,
    level           text        not null,
    message         text        not null,
    primary key (task_id, seq)
);

-- A turn of an agent: what the model answered. Never asked for twice.
create table agent_turn (
    task_id         uuid        not null,
    organization_id uuid        not null,
    run_id          uuid        not null,
    seq             int         not null,
    model           text        not null,
    message         json        not null,
    input_tokens    bigint      not null,
    output_tokens   bigint      not null,
    cost            numeric(20, 10) not null,
    at              timestamptz not null,
    primary key (task_id, seq)
);
