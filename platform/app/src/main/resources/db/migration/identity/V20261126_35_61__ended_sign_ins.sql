-- Sign-ins that are over, and browsers not seen for a year, are cleared away by their time. Built beside those who write; an
-- attempt that was cut off is begun anew.
set lock_timeout = 0;
drop index concurrently if exists session_expiry;
create index concurrently session_expiry on session (expires_at);
drop index concurrently if exists known_device_age;
create index concurrently known_device_age on known_device (created_at);
reset lock_timeout;
