-- States that are a column: an enum, a CHECK, a domain, and columns of which only the config tells the states.
CREATE TYPE order_status AS ENUM ('draft', 'paid', 'shipped', 'cancelled');
CREATE TABLE orders (
  order_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, order_no text NOT NULL UNIQUE,
  status order_status NOT NULL DEFAULT 'draft', note text, updated_at timestamptz NOT NULL
);
-- Two states of one row, beside a column that is called state.
CREATE TABLE invoices (
  invoice_id integer PRIMARY KEY, state text,
  payment_status text NOT NULL CHECK (payment_status IN ('open', 'paid', 'refunded')),
  delivery_status varchar(9) NOT NULL
);
-- Null is no state yet; two may come first.
CREATE TABLE parcels (
  depot text NOT NULL, parcel_no integer NOT NULL, status text CHECK (status IN ('packed', 'sent', 'lost')),
  PRIMARY KEY (depot, parcel_no)
);
CREATE DOMAIN job_status AS text CHECK (value IN ('queued', 'running', 'done', 'failed'));
CREATE TABLE jobs (job_id serial PRIMARY KEY, "jobStatus" job_status NOT NULL DEFAULT 'queued', payload jsonb NOT NULL DEFAULT '{}');
-- Numbers, large numbers and booleans.
CREATE TABLE gears (gear_id serial PRIMARY KEY, status smallint NOT NULL DEFAULT 0);
CREATE TABLE levels (level_id serial PRIMARY KEY, status bigint NOT NULL);
CREATE TABLE switches (switch_id serial PRIMARY KEY, status boolean NOT NULL DEFAULT false);
-- No row can be told, none can be written, and none is a table of this schema.
CREATE TABLE events (status text NOT NULL CHECK (status IN ('new', 'seen')), body text);
CREATE TABLE badges (badge_id serial PRIMARY KEY, lost_at date, status text GENERATED ALWAYS AS (CASE WHEN lost_at IS NULL THEN 'worn' ELSE 'lost' END) STORED);
CREATE VIEW open_orders AS SELECT order_id, order_no, status FROM orders WHERE status <> 'cancelled';
-- Constraints that do not list the states: one of some rows, one that no row has been held to.
CREATE TABLE tickets (
  ticket_id serial PRIMARY KEY, is_public boolean NOT NULL, status text NOT NULL DEFAULT 'open',
  CHECK (NOT is_public OR status IN ('open', 'closed'))
);
ALTER TABLE tickets ADD CHECK (status IN ('open', 'closed', 'spam')) NOT VALID;
-- Names that have to be quoted, in a table and a column, and states that are no words.
CREATE TABLE "Odd ""Orders""" ("the id" serial PRIMARY KEY, "it's $state" text NOT NULL CHECK ("it's $state" IN ('a', 'it''s', '*/', '${b}', '__proto__')));
-- A column beside a table of transitions.
CREATE TABLE claims (claim_id serial PRIMARY KEY, status text NOT NULL CHECK (status IN ('open', 'closed')));
CREATE TABLE claim_transitions (claim_id integer NOT NULL REFERENCES claims, to_state text NOT NULL, sort_key integer NOT NULL, UNIQUE (claim_id, sort_key));
-- A trigger that has its own mind.
CREATE TABLE letters (letter_id serial PRIMARY KEY, status text NOT NULL CHECK (status IN ('written', 'sent', 'lost', 'kept', 'burnt')));
CREATE FUNCTION letter_changed() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN IF NEW.status = 'kept' THEN RETURN NULL; END IF; IF NEW.status = 'lost' THEN NEW.status := 'burnt'; END IF; RETURN NEW; END
$$;
CREATE TRIGGER changed BEFORE UPDATE ON letters FOR EACH ROW EXECUTE FUNCTION letter_changed();
