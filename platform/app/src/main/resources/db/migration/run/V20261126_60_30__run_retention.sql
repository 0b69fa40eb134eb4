-- How many days an organization keeps its runs, failed runs and logs; null, and no row at all, for as long as the operator says.
create table run_retention (
    organization_id uuid primary key,
    runs            integer check (runs between 1 and 3650),
    dead_letters    integer check (dead_letters between 1 and 3650),
    logs            integer check (logs between 1 and 3650),
    revision        bigint not null default 1
);

-- An organization's old lines are found without those of all the others. Its runs are by their ids, which begin with their time.
create index task_log_of_organization on task_log (organization_id, at);
