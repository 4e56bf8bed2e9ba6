-- Computed fields: types and nullability come from the database, functions over the row are found.
CREATE TABLE users (id bigint PRIMARY KEY, first_name text NOT NULL, last_name text, born date, visits integer[] NOT NULL DEFAULT '{}');
CREATE FUNCTION full_name(users) RETURNS text LANGUAGE sql STABLE AS 'SELECT $1.first_name || '' '' || coalesce($1.last_name, '''')';
CREATE FUNCTION secret(users) RETURNS text LANGUAGE sql AS 'SELECT ''s''';
CREATE FUNCTION friends(users) RETURNS SETOF users LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION born(users) RETURNS text LANGUAGE sql AS 'SELECT ''shadowed by the column''';
CREATE FUNCTION visit(users) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION "Write Log"(users) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION forget(users) RETURNS void LANGUAGE sql STABLE AS 'SELECT';
CREATE FUNCTION pair(users, OUT a integer, OUT b text) LANGUAGE sql STABLE AS 'SELECT 1, ''b''';
CREATE FUNCTION single(users, OUT a integer) LANGUAGE sql STABLE AS 'SELECT 1';
CREATE SCHEMA api;
CREATE FUNCTION api.label(public.users) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''l''';
CREATE FUNCTION two(users, integer) RETURNS text LANGUAGE sql AS 'SELECT ''''';
COMMENT ON FUNCTION full_name(users) IS 'First and last name.';
CREATE VIEW adults AS SELECT u.id, u.first_name, u.last_name, coalesce(u.last_name, '') AS family, count(*) AS total, max(f.first_name) AS friend
  FROM users u LEFT JOIN users f ON f.id = u.id + 1 GROUP BY u.id;
