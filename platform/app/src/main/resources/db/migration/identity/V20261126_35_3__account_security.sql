alter table user_account add column email_verified_at timestamptz;

alter table session add column address text, add column user_agent text, add column used_at timestamptz not null default now();

-- What a link in a mail lets its reader do, once
create table account_token (
    hash       bytea primary key,
    user_id    uuid        not null references user_account (id) on delete cascade,
    purpose    text        not null check (purpose in ('verify-email', 'change-email', 'reset-password')),
    email      text        not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
);

create index account_token_user on account_token (user_id, purpose);

-- Forgotten passwords as they were asked for, of known and unknown addresses alike; looked into a moment later
create table password_request (
    id         uuid primary key,
    email      text        not null,
    created_at timestamptz not null default now()
);

create table second_factor (
    user_id      uuid primary key references user_account (id) on delete cascade,
    secret       bytea       not null, -- encrypted
    last_step    bigint      not null default 0,
    confirmed_at timestamptz
);

create table recovery_code (
    user_id uuid  not null references user_account (id) on delete cascade,
    hash    bytea not null,
    primary key (user_id, hash)
);

-- A browser that has signed in before: attacks on its user's account from elsewhere don't slow it down
create table known_device (
    hash       bytea primary key,
    user_id    uuid        not null references user_account (id) on delete cascade,
    created_at timestamptz not null default now()
);

create index known_device_user on known_device (user_id);

create table sign_in_attempt (
    key     bytea primary key,
    count   integer     not null,
    last_at timestamptz not null
);

create index sign_in_attempt_last on sign_in_attempt (last_at);
