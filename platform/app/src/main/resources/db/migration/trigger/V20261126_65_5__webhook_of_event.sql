-- Null where requests start runs; else the message event whose waiting runs they resume.
alter table webhook add column element_id text;
