-- While an organization's key is being replaced the one before stays beside it, until nothing is encrypted under that any more.
alter table data_key add column rotated_at timestamptz;
alter table data_key add column rotating boolean not null default false;
create index data_key_rotating on data_key (organization_id) where rotating;
