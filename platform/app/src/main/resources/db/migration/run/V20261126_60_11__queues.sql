-- 0 to 9: more goes first where runs wait for each other.
alter table run
    add column priority smallint not null default 5;

-- Runs of workflows that limit how many go on: from when they are accepted until they have ended and count no more.
create table run_queue (
    run_id          uuid primary key references run (id) on delete cascade,
    organization_id uuid        not null,
    workflow_id     uuid        not null,
    -- When it was accepted, and a minute earlier for each step of priority: so nothing waits for ever.
    order_at        timestamptz not null,
    admitted_at     timestamptz
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);
create index run_queue_waiting on run_queue (workflow_id, order_at) where admitted_at is null;
create index run_queue_admitted on run_queue (workflow_id, admitted_at) where admitted_at is not null;

-- Attempts of steps whose connection limits how many work with it.
create table connection_queue (
    task_id         uuid        not null,
    attempt         int         not null,
    organization_id uuid        not null,
    connection_id   uuid        not null,
    order_at        timestamptz not null,
    admitted_at     timestamptz,
    primary key (task_id, attempt)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);
create index connection_queue_waiting on connection_queue (connection_id, order_at) where admitted_at is null;
create index connection_queue_admitted on connection_queue (connection_id, admitted_at) where admitted_at is not null;
