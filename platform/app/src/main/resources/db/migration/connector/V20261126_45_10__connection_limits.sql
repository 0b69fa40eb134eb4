-- How much may be asked of a connection; null for as much as there is.
alter table connection
    add column max_concurrent int,
    add column rate_per_minute int;
create index connection_limited on connection (id) where max_concurrent is not null or rate_per_minute is not null;
