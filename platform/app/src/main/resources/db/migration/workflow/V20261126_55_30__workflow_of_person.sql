-- What a person has saved and published. Built beside those who write; an attempt that was cut off is begun anew.
set lock_timeout = 0;
drop index concurrently if exists workflow_revision_of_person;
create index concurrently workflow_revision_of_person on workflow_revision (saved_by, saved_at);
drop index concurrently if exists workflow_version_of_person;
create index concurrently workflow_version_of_person on workflow_version (published_by, published_at);
reset lock_timeout;
