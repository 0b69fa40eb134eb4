-- The messages to a person. Built beside those who write; an attempt that was cut off is begun anew.
set lock_timeout = 0;
drop index concurrently if exists mail_message_of_person;
create index concurrently mail_message_of_person on mail_message (recipient, id);
reset lock_timeout;
