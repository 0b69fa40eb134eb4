-- One row, raised by every change to a connection: a node that keeps keys in memory looks at it to learn of changes.
create table connection_generation (
    only_row   boolean primary key default true check (only_row),
    generation bigint  not null
);
insert into connection_generation (generation) values (1);
