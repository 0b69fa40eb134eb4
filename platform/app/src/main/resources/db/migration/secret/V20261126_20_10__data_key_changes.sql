-- A key that was destroyed leaves its row behind without a key: nothing may be encrypted for that organization any more.
-- Nodes look for what has changed a moment ago, and forget what they hold of it.
alter table data_key alter column wrapped_key drop not null;
alter table data_key add column revision bigint not null default 0;
alter table data_key add column changed_at timestamptz not null default now();
create index data_key_by_change on data_key (changed_at);
