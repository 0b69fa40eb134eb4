create table data_key (
    organization_id uuid primary key,
    wrapped_key bytea not null,
    created_at timestamptz not null default now()
);
