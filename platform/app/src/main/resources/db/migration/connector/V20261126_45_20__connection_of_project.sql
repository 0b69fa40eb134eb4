-- The project that a connection belongs to; null for the whole organization.
alter table connection add column project_id uuid;
create index connection_by_project on connection (project_id, name) where project_id is not null;
