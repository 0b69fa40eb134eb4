-- The newest ID token of a sign-in, which its provider wants to see again to sign the person out there too
alter table sso_session add column id_token bytea; -- encrypted
