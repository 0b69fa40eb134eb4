-- What an organization asks of those who work in it; none where there is no row
create table security_rules (
    organization_id        uuid primary key references organization (id) on delete cascade,
    allowed_addresses      text[]  not null default '{}',
    session_hours          integer check (session_hours between 1 and 720),
    idle_minutes           integer check (idle_minutes between 15 and 43200),
    second_factor_required boolean not null default false,
    revision               bigint  not null default 1
);
