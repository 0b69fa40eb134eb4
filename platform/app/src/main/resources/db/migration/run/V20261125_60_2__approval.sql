-- What people are asked is read from the journal: the tasks of the step approval.
create index task_approval on task (organization_id, id desc) where step_type = 'approval';
