-- Called runs that go on: those whose caller was cancelled are looked for again and again, and are hardly ever there.
create index run_called_open on run (parent_task_id)
    where parent_task_id is not null and status in ('queued', 'running', 'waiting');
