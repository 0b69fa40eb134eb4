-- How many requests a minute an organization allows; without a row what the operator says
create table request_limit (
    organization_id uuid   primary key,
    each_caller     integer check (each_caller > 0),
    all_callers     integer check (all_callers > 0),
    revision        bigint not null default 1
);
