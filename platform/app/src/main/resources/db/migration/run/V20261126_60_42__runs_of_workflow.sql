-- The newest runs of each workflow of a project, out of the index alone. It also does what the one over the workflow did. Built
-- beside those who write; an attempt that was cut off is begun anew.
set lock_timeout = 0;
drop index concurrently if exists run_of_workflow;
create index concurrently run_of_workflow on run (organization_id, workflow_id, id desc);
drop index concurrently if exists run_by_workflow;
reset lock_timeout;
