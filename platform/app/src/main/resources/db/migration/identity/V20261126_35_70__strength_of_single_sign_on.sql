-- How people must have signed in at the provider: values of acr or amr, separated by spaces, one of which must be said
alter table sso_provider add column required_methods text not null default '';
