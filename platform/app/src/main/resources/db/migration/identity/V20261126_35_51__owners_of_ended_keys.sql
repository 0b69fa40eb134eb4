-- Whose a key was, also after it has ended: the audit log knows what was done with a key by the key's id only, and a person's
-- part of it must be found as long as it is kept.
create table owner_of_key (
    key_id          uuid primary key,
    organization_id uuid not null,
    user_id         uuid not null
);
create index owner_of_key_user on owner_of_key (user_id);
insert into owner_of_key (key_id, organization_id, user_id) select id, organization_id, user_id from api_key;
