-- Whether a plugin of this installation is enabled; one without a row is. The jars themselves are files.
create table plugin_state (
    plugin_id  text primary key,
    enabled    boolean not null,
    changed_at timestamptz not null default now()
);
