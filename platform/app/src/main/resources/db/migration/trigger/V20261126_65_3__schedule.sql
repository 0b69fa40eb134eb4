-- What is armed by the clock: at most one schedule a workflow. A row whose next_fire_at has come is due; whoever works on
-- it takes it until claimed_until. What was done about a time and the next one are written together, and only where
-- next_fire_at is still what was worked on.
create table schedule (
    workflow_id       uuid primary key,
    organization_id   uuid        not null,
    version           int         not null,
    settings          json        not null,
    timing            text        not null,
    anchor            timestamptz not null,
    next_fire_at      timestamptz,
    paused_at         timestamptz,
    claimed_until     timestamptz,
    last_scheduled_at timestamptz,
    last_fired_at     timestamptz,
    last_run_id       uuid,
    missed            bigint      not null default 0,
    skipped           bigint      not null default 0,
    left_out          bigint      not null default 0,
    last_error        text
);
create index schedule_due on schedule (next_fire_at) where next_fire_at is not null and paused_at is null;
create index schedule_by_organization on schedule (organization_id);
