-- Relations of every kind, and what can be written to each of their columns.
CREATE SCHEMA "Odd ""Schema""";
CREATE SCHEMA billing;
CREATE TYPE address AS (street text, zip int);

CREATE TABLE accounts (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, gone text, note text, label text GENERATED ALWAYS AS (name || '!') STORED);
ALTER TABLE accounts DROP COLUMN gone;
CREATE TABLE billing.accounts (id int PRIMARY KEY, owner accounts, home address);
CREATE TABLE "Odd ""Schema""".accounts (id int PRIMARY KEY);
CREATE TABLE nothing ();
CREATE UNLOGGED TABLE cache (key text PRIMARY KEY, value jsonb NOT NULL);
CREATE TABLE addresses OF address (zip WITH OPTIONS NOT NULL);

CREATE TABLE animals (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE dogs (breed text) INHERITS (animals);
CREATE TABLE events (id int NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_rest PARTITION OF events DEFAULT PARTITION BY LIST (id);
CREATE TABLE events_rest_1 PARTITION OF events_rest FOR VALUES IN (1);

CREATE VIEW simple_view AS SELECT id, name, upper(note) AS shouted FROM accounts;
CREATE VIEW checked_view AS SELECT * FROM accounts WHERE name <> '' WITH CHECK OPTION;
CREATE VIEW grouped_view AS SELECT name, count(*) AS total FROM accounts GROUP BY name;
CREATE VIEW joined_view AS SELECT a.id, b.home FROM accounts a LEFT JOIN billing.accounts b ON b.id = a.id;
CREATE VIEW triggered_view AS SELECT name, count(*) AS total FROM accounts GROUP BY name;
CREATE FUNCTION add_account() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO accounts (name) VALUES (NEW.name); RETURN NEW; END $$;
CREATE TRIGGER add_account INSTEAD OF INSERT ON triggered_view FOR EACH ROW EXECUTE FUNCTION add_account();
CREATE VIEW ruled_view AS SELECT DISTINCT name FROM accounts;
CREATE RULE ruled AS ON INSERT TO ruled_view DO INSTEAD INSERT INTO accounts (name) VALUES (NEW.name);
CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS total FROM accounts;
CREATE FUNCTION cells() RETURNS int[] LANGUAGE sql AS $$ SELECT '{{1,2},{3,4}}'::int[] $$;
CREATE VIEW grids AS SELECT '{{1,2},{3,4}}'::int[][] AS grid, cells() AS cells;

CREATE FOREIGN DATA WRAPPER nowhere;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER nowhere;
CREATE FOREIGN TABLE remote (id int NOT NULL, name text) SERVER elsewhere;

-- Triggers and policies, which say nothing about types.
CREATE TABLE guarded (id int PRIMARY KEY, owner text NOT NULL, title varchar(20), day date NOT NULL);
CREATE TRIGGER on_title BEFORE INSERT OR UPDATE OF title, owner ON guarded FOR EACH ROW WHEN (NEW.title IN ('a', 'b')) EXECUTE FUNCTION add_account('x) EXECUTE ');
CREATE TRIGGER on_end AFTER DELETE OR TRUNCATE ON guarded EXECUTE FUNCTION add_account();
ALTER TABLE guarded DISABLE TRIGGER on_end;
ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON guarded FOR SELECT TO pg_monitor, pg_read_all_stats USING (owner = current_user);
CREATE POLICY titled ON guarded AS RESTRICTIVE USING (title <> '') WITH CHECK (title IN ('a', 'b'));
ALTER TABLE guarded ADD search tsvector, ADD slug text, ADD updated_at timestamptz NOT NULL;
CREATE FUNCTION fill_slug() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.slug = '' THEN NEW.slug = lower(NEW.title); END IF;
  NEW.updated_at := now(); NEW.elsewhere := 1; -- NEW.owner := 'nobody';
  RETURN NEW;
END $$;
CREATE TRIGGER slugs BEFORE INSERT OR UPDATE ON guarded FOR EACH ROW EXECUTE FUNCTION fill_slug();
CREATE TRIGGER slugs_after AFTER INSERT ON guarded FOR EACH ROW EXECUTE FUNCTION fill_slug();
CREATE TRIGGER words BEFORE INSERT OR UPDATE ON guarded FOR EACH ROW EXECUTE FUNCTION tsvector_update_trigger(search, 'pg_catalog.english', title);
CREATE TABLE readings (kind text NOT NULL, code text COLLATE "C" NOT NULL) PARTITION BY LIST (lower(kind));
CREATE TABLE counters (id int NOT NULL, code varchar(9) NOT NULL) PARTITION BY HASH (id, code text_pattern_ops);
CREATE TABLE days (day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE days_2024 PARTITION OF days FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TRIGGER on_day BEFORE INSERT ON days FOR EACH ROW EXECUTE FUNCTION add_account();
