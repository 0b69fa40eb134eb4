-- Plugins that were installed at run time, for every node of the installation. A deleted one keeps its row without bytes,
-- so that the same file in somebody's folder of plugins does not bring it back. The seal is an HMAC by a key that comes
-- from the master key: who can only write here can't have his code run.
create table plugin_jar (
    plugin_id    text primary key,
    version      text        not null,
    sha256       text        not null,
    seal         bytea       not null,
    bytes        bytea,
    installed_at timestamptz not null default now()
);
alter table plugin_jar alter column bytes set storage external;

-- Counts the changes of plugin_jar and plugin_state; nodes look at it to see whether they must look at those.
create table plugin_generation (
    one        boolean primary key default true check (one),
    generation bigint not null default 0
);
insert into plugin_generation default values;
