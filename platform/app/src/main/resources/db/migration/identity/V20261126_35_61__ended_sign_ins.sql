-- Sign-ins that are over, and browsers not seen for a year, are cleared away by their time.
create index session_expiry on session (expires_at);
create index known_device_age on known_device (created_at);
