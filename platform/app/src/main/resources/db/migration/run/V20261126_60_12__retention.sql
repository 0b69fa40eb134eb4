-- Old runs and logs are found by time without an index that each run would have to be written into.
create index run_by_time on run using brin (started_at);
create index task_log_by_time on task_log using brin (at);
