-- The longest time between two uses of a sign-in: an organization that wants shorter ones does not let it in
alter table session add column rested interval not null default '0';
