-- Whose the installation is: the organization that signed up first. It stays that for good, whatever becomes of the
-- organization, so that nobody inherits its rights by being the next.
create table first_organization (
    only_row        boolean primary key default true check (only_row),
    organization_id uuid not null
);
insert into first_organization (organization_id) select id from organization order by created_at, id limit 1;
