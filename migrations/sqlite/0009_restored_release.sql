-- A release that came from its published file, because the database that made it is lost. Its figures are here and its
-- responses are not.
alter table release add column restored_at integer;
