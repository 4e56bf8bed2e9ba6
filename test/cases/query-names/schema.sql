CREATE TABLE query (id integer PRIMARY KEY, "row" text NOT NULL, alias text, db integer, args jsonb, made_at text);
CREATE TABLE kysely (id integer PRIMARY KEY REFERENCES query);
CREATE FUNCTION sql(a integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT a';
