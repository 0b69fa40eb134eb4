-- The workflow whose run began the calls that led to this one; null for a run that nobody called.
alter table run add column root_workflow_id uuid;
with recursive called (id, root) as (
  select r.id, coalesce(p.root_workflow_id, p.workflow_id) from run r join run p on p.id = r.parent_run_id
    where p.parent_run_id is null
  union all
  select r.id, c.root from called c join run r on r.parent_run_id = c.id)
update run set root_workflow_id = called.root from called where called.id = run.id;
