-- Paths are the installation's: whether one is taken must be known across organizations, by whom must not. Runs as the tables'
-- owner, whom no wall concerns.
create function webhook_clashes(wanted_path text, wanted_method text) returns boolean
language sql stable security definer set search_path = cadre
return exists (select from webhook
  where path = wanted_path and (method = wanted_method or method = '*' or wanted_method = '*'));
