-- Who waits for messages and signals is read from the journal: the tasks of these steps.
create index task_event_waits on task (organization_id, step_type, (input ->> 'name'))
    where status = 'waiting' and step_type in ('message', 'signal');
create index task_messages_told on task (organization_id, (output ->> 'messageId'))
    where status = 'succeeded' and step_type = 'message';

-- A run that a step of another run has called.
alter table run
    add column parent_run_id uuid,
    add column parent_task_id uuid,
    add column called_attempt int not null default 1;
create index run_by_parent on run (parent_task_id) where parent_task_id is not null;
