-- What was done to a person is found without looking at what was done at all. Built beside those who write; an attempt that was
-- cut off is begun anew.
set lock_timeout = 0;
drop index concurrently if exists audit_event_about_person;
create index concurrently audit_event_about_person on audit_event (subject_id) where subject_type = 'user';
reset lock_timeout;
