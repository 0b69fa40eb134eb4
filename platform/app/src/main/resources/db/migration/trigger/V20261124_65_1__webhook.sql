-- What is armed under /hooks/: at most one workflow answers a path and method. Method '*' stands for any.
create table webhook (
    path            text not null,
    method          text not null,
    organization_id uuid not null,
    workflow_id     uuid not null,
    version         int  not null,
    step_type       text not null,
    respond         text not null,
    primary key (path, method)
);
create index webhook_by_workflow on webhook (workflow_id);
create index webhook_by_organization on webhook (organization_id);
