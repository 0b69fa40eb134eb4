-- A step that works at most once: who began the attempt whose outcome is not known yet.
alter table task
    add column begun uuid,
    -- What came of a task while its run was paused; it is carried into the run when that goes on.
    add column held json;
create index task_outcome_unknown on task (organization_id, id)
    where status = 'waiting' and error ->> 'code' = 'OUTCOME_UNKNOWN';

-- Since when nothing new begins; null for a run that goes on.
alter table run
    add column paused_at timestamptz;
