-- The project that a workflow belongs to; null for the whole organization.
alter table workflow add column project_id uuid;
create index workflow_by_project on workflow (project_id, updated_at desc, id desc) where project_id is not null and deleted_at is null;

-- For whoever asks in SQL what a workflow may use.
create function project_of_workflow(workflow uuid) returns uuid language sql stable
return (select project_id from workflow w where w.id = project_of_workflow.workflow);
