-- Persons whose accounts are gone and whose names are still taken out of decisions and logs, and how far that has come. Logs are
-- long: a part at a time, so that nobody waits for it. A row goes when all is done.
create table person_to_forget (
    user_id         uuid primary key,
    name            text        not null,
    email           text        not null,
    asked_at        timestamptz not null default now(),
    decisions_done  boolean     not null default false,
    at_organization uuid        not null default '00000000-0000-0000-0000-000000000000',
    at_task         uuid        not null default '00000000-0000-0000-0000-000000000000',
    at_line         bigint      not null default 0
);
