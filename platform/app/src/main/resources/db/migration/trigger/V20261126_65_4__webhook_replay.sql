-- Signed requests that were let in, each with the run that it starts: the same one starts no second run. A row whose run
-- does not exist is a start that failed or is under way.
create table webhook_replay (
    seen            bytea       not null primary key,
    organization_id uuid        not null,
    run_id          uuid        not null,
    claimed_at      timestamptz not null default now(),
    expires_at      timestamptz not null
);
create index webhook_replay_by_expiry on webhook_replay (expires_at);
