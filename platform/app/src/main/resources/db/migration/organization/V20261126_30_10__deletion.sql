-- From deletes_at on the organization and everything of it is erased; until then its owners can take the deletion back, and
-- nothing of it runs. erased_until is the lease of the node that erases it.
alter table organization add column deletes_at timestamptz, add column erased_until timestamptz;

create index organization_deletes on organization (deletes_at) where deletes_at is not null;
