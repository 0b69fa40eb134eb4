-- Somebody who came by single sign-on may have no password
alter table user_account alter column password_hash drop not null;

-- A sign-in that an organization's identity provider vouched for is good for that organization only
alter table session add column sso_organization_id uuid;

create table sso_provider (
    organization_id uuid primary key,
    issuer          text        not null,
    client_id       text        not null,
    client_secret   bytea, -- encrypted
    scopes          text        not null,
    groups_claim    text        not null,
    group_roles     jsonb       not null,
    default_role    text,
    trusts_emails   boolean     not null,
    enforced        boolean     not null,
    revision        bigint      not null,
    used_at         timestamptz, -- the last sign-in through it as it is
    updated_at      timestamptz not null default now()
);

-- Any organization may claim a domain; one at a time has proven it
create table sso_domain (
    organization_id uuid        not null,
    domain          text        not null,
    token           text        not null,
    proven_at       timestamptz,
    created_at      timestamptz not null default now(),
    primary key (organization_id, domain)
);

create unique index sso_domain_proven on sso_domain (domain) where proven_at is not null;

-- Who somebody is at an organization's identity provider
create table sso_identity (
    organization_id uuid        not null,
    issuer          text        not null,
    subject         text        not null,
    user_id         uuid        not null references user_account (id) on delete cascade,
    brought_member  boolean     not null default false, -- whether the membership came with it
    created_at      timestamptz not null default now(),
    used_at         timestamptz not null default now(),
    primary key (organization_id, issuer, subject)
);

create index sso_identity_user on sso_identity (user_id);

-- Sign-ins that wait for their browser to come back
create table sso_attempt (
    state_hash      bytea primary key,
    organization_id uuid        not null,
    browser_hash    bytea       not null,
    issuer          text        not null,
    link_user_id    uuid references user_account (id) on delete cascade,
    return_to       text        not null,
    expires_at      timestamptz not null
);

create index sso_attempt_end on sso_attempt (expires_at);

-- What the provider calls a sign-in here, to ask it again and to be told of its end
create table sso_session (
    session_id       uuid primary key references session (id) on delete cascade,
    organization_id  uuid        not null,
    issuer           text        not null,
    subject          text        not null,
    provider_session text,
    refresh_token    bytea, -- encrypted
    checked_at       timestamptz not null default now()
);

create index sso_session_subject on sso_session (organization_id, subject);
