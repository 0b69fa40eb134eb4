-- Whether a page of the hub's own began it: otherwise the person has to say that they want the sign-in
alter table sso_attempt add column own_page boolean not null default false;

-- What the browser shows to take up a sign-in that waits for that word, and where it goes on then
alter table sso_session add column waiting_hash bytea;
alter table sso_session add column return_to text;

create unique index sso_session_waiting on sso_session (waiting_hash) where waiting_hash is not null;
