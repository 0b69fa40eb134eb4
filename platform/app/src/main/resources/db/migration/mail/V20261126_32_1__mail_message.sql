-- Messages to people, written in the transaction that causes them. due_at is also the lease of the node that sends one.
create table mail_message (
    id         uuid primary key,
    recipient  text        not null,
    subject    text        not null,
    text       bytea, -- encrypted; null once the message has left
    state      text        not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
    attempts   integer     not null default 0,
    created_at timestamptz not null default now(),
    due_at     timestamptz not null default now(),
    ended_at   timestamptz
);

create index mail_message_due on mail_message (due_at) where state = 'waiting';
create index mail_message_waiting on mail_message (id) where state = 'waiting';
create index mail_message_created on mail_message (created_at);
