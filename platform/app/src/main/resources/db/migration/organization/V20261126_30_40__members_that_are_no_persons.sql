-- Service accounts are members with a role, never owners, and not among the people of an organization
alter table membership add column kind text not null default 'person' check (kind in ('person', 'service-account'));
alter table membership add constraint owners_are_persons check (kind = 'person' or role <> 'owner');
