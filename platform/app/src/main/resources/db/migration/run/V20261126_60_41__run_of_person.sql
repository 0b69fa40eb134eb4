-- What a person has started and decided is found without looking at what everybody has. Runs that nobody started, as those of
-- webhooks, are not in it. Built beside those who write; an attempt that was cut off is begun anew.
set lock_timeout = 0;
drop index concurrently if exists run_of_person;
create index concurrently run_of_person on run (started_by, id) where started_by is not null;
drop index concurrently if exists task_decided_by;
create index concurrently task_decided_by on task (decided_by(output), id) where step_type = 'approval' and output is not null;
reset lock_timeout;
