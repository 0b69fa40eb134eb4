-- One row, raised by every transaction that changes what is armed: a node looks at it to learn that another node has
-- changed something, at the price of reading one row.
create table webhook_generation (
    only_row   boolean primary key default true check (only_row),
    generation bigint  not null
);
insert into webhook_generation (generation) values (1);
