-- A hub that is alive. It proves its life by holding an advisory lock on lock_key, which PostgreSQL releases when the
-- process dies; alive_until serves where a dead connection is noticed late.
create table node (
    id          uuid primary key,
    lock_key    bigint      not null,
    address     text        not null,
    started_at  timestamptz not null,
    alive_until timestamptz not null
);
