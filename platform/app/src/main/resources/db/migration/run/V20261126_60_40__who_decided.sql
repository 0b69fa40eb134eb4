-- Whose decision the output of an approval is. What is in it beside the id may hold characters that PostgreSQL refuses in a
-- text, as \u0000: they are put aside before it is looked into.
create function decided_by(answer json) returns text
language sql immutable strict parallel safe set search_path = pg_catalog as $$
  select pg_catalog.regexp_replace(answer::text, '(?<!\\)((?:\\\\)*)\\u[0-9a-fA-F]{4}', '\1?', 'g')::json
    -> 'decidedBy' ->> 'id'
$$;

-- The decisions of a person who is gone are found by that person now, and no more organization by organization.
update person_to_forget set at_task = '00000000-0000-0000-0000-000000000000' where not decisions_done;
