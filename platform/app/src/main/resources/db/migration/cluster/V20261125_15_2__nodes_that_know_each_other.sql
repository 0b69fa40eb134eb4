-- What each node tells about itself with every beat; cluster_address is null until it can be reached by the others.
alter table node
    add column host            text        not null default '',
    add column version         text        not null default '',
    add column cluster_address text,
    add column beat_at         timestamptz not null default now(),
    add column working         int         not null default 0,
    add column waiting         int         not null default 0,
    add column cpu             real        not null default 0,
    add column heap_used       bigint      not null default 0,
    add column heap_max        bigint      not null default 0;

-- Who shares this database is one installation; its id goes into the key by which its nodes know each other.
create table installation (
    one boolean primary key default true check (one),
    id  uuid not null default gen_random_uuid()
);
insert into installation default values;
