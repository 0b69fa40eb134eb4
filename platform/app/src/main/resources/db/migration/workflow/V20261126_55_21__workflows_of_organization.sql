-- Lists of runs first ask which workflows are in sight, deleted ones too.
create index workflow_by_organization on workflow (organization_id, project_id);
