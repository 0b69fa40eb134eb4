-- A proven domain is looked up again; one whose record is missing has a time to get it back
alter table sso_domain
    add column looked_up_at  timestamptz, -- when the DNS last gave an answer
    add column missing_since timestamptz,
    add column look_at       timestamptz not null default now() + interval '1 day'; -- also the lease of the node that looks

-- Not all at once after the update
update sso_domain set looked_up_at = proven_at, look_at = now() + random() * interval '1 day' where proven_at is not null;

create index sso_domain_look on sso_domain (look_at) where proven_at is not null;
