-- Where states come from: an enum, a CHECK, nowhere; and what tells the newest: a flag, or a sort key.
CREATE TYPE order_state AS ENUM ('new', 'paid', 'sent');
CREATE TABLE orders (id serial PRIMARY KEY, note text);
CREATE TABLE order_transitions (
  id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES orders, to_state order_state NOT NULL,
  sort_key integer NOT NULL, most_recent boolean NOT NULL
);
CREATE UNIQUE INDEX ON order_transitions (order_id, most_recent) WHERE most_recent;
CREATE TABLE tickets (id serial PRIMARY KEY);
CREATE TABLE ticket_transitions (
  ticket_id integer NOT NULL REFERENCES tickets, to_state text NOT NULL CHECK (to_state IN ('open', 'closed')),
  sort_key integer NOT NULL, UNIQUE (ticket_id, sort_key)
);
CREATE TABLE parcels (id serial PRIMARY KEY);
CREATE TABLE parcel_transitions (
  parcel_id integer NOT NULL REFERENCES parcels, to_state text NOT NULL, sort_key integer NOT NULL, UNIQUE (parcel_id, sort_key)
);
-- Two machines of one table, each named after its transitions table; and an actor, whose key tells no newest row.
CREATE TABLE users (id serial PRIMARY KEY);
CREATE TABLE invoices (id serial PRIMARY KEY);
CREATE TABLE invoice_payment_transitions (
  invoice_id integer NOT NULL REFERENCES invoices, to_state text NOT NULL, most_recent boolean NOT NULL, created_at timestamptz NOT NULL,
  actor_id integer NOT NULL REFERENCES users
);
CREATE UNIQUE INDEX ON invoice_payment_transitions (invoice_id) WHERE most_recent;
CREATE INDEX ON invoice_payment_transitions (to_state, invoice_id) WHERE most_recent;
CREATE TABLE invoice_delivery_transitions (invoice_id integer NOT NULL REFERENCES invoices, to_state order_state NOT NULL, sort_key integer NOT NULL, UNIQUE (invoice_id, sort_key));
-- Not a machine: nothing tells the newest row.
CREATE TABLE visits (id serial PRIMARY KEY);
CREATE TABLE visit_transitions (visit_id integer NOT NULL REFERENCES visits, to_state text NOT NULL, sort_key integer NOT NULL);
-- A column of the name that the field would have wins over what nobody asked for.
CREATE TABLE jobs (id serial PRIMARY KEY, state text NOT NULL);
CREATE TABLE job_transitions (job_id integer NOT NULL REFERENCES jobs, to_state text NOT NULL, sort_key integer NOT NULL, UNIQUE (job_id, sort_key));
-- Tables as statesman keeps them: the sort key tells the newest row, and the flag is its too.
CREATE TABLE shipments (id serial PRIMARY KEY);
CREATE TABLE shipment_transitions (
  id serial PRIMARY KEY, shipment_id integer NOT NULL REFERENCES shipments, to_state text NOT NULL, sort_key bigint NOT NULL, most_recent boolean,
  metadata jsonb NOT NULL DEFAULT '{}', created_at timestamp NOT NULL, updated_at timestamp NOT NULL,
  UNIQUE (shipment_id, sort_key), UNIQUE (shipment_id, most_recent)
);
CREATE TABLE refunds (id serial PRIMARY KEY);
CREATE TABLE refund_transitions (
  id serial PRIMARY KEY, refund_id integer NOT NULL REFERENCES refunds, to_state text NOT NULL, sort_key integer NOT NULL, most_recent boolean NOT NULL,
  request text UNIQUE DEFAULT nullif(current_setting('app.request', true), ''), created_at timestamptz NOT NULL, updated_at date NOT NULL,
  UNIQUE (refund_id, sort_key)
);
CREATE UNIQUE INDEX ON refund_transitions (refund_id, most_recent) WHERE most_recent;
CREATE INDEX ON refund_transitions (to_state, refund_id) WHERE most_recent;
-- States that are no text, and several that may come first.
CREATE TABLE levels (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE players (id serial PRIMARY KEY);
CREATE TABLE player_transitions (player_id integer NOT NULL REFERENCES players, to_state integer NOT NULL REFERENCES levels, sort_key integer NOT NULL, UNIQUE (player_id, sort_key));
CREATE TABLE switches (id bigserial PRIMARY KEY);
CREATE TABLE switch_transitions (switch_id bigint NOT NULL REFERENCES switches, to_state boolean NOT NULL, sort_key integer NOT NULL, UNIQUE (switch_id, sort_key));
CREATE TABLE gears (id serial PRIMARY KEY);
CREATE TABLE gear_transitions (gear_id integer NOT NULL REFERENCES gears, to_state smallint NOT NULL CHECK (to_state IN (0, 1, 2)), sort_key integer NOT NULL, UNIQUE (gear_id, sort_key));
-- Keys that ON CONFLICT cannot use: one beside the flag, one that alone tells the newest row, and one beside another key.
CREATE TABLE claims (id serial PRIMARY KEY);
CREATE TABLE claim_transitions (
  claim_id integer NOT NULL REFERENCES claims, to_state text NOT NULL, sort_key integer NOT NULL, most_recent boolean NOT NULL,
  UNIQUE (claim_id, sort_key) DEFERRABLE
);
CREATE UNIQUE INDEX ON claim_transitions (claim_id) WHERE most_recent;
CREATE INDEX ON claim_transitions (to_state, claim_id) WHERE most_recent;
CREATE TABLE loans (id serial PRIMARY KEY);
CREATE TABLE loan_transitions (loan_id integer NOT NULL REFERENCES loans, to_state text NOT NULL, sort_key integer NOT NULL, UNIQUE (loan_id, sort_key) DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE rentals (id serial PRIMARY KEY);
CREATE TABLE rental_transitions (
  id integer GENERATED ALWAYS AS IDENTITY, rental_id integer NOT NULL REFERENCES rentals, to_state text NOT NULL, sort_key integer NOT NULL,
  PRIMARY KEY (id) DEFERRABLE, UNIQUE (sort_key, rental_id)
);
-- Columns of a transition that the config, a trigger or the caller fills.
CREATE TABLE audits (id serial PRIMARY KEY);
CREATE TABLE audit_transitions (
  audit_id integer NOT NULL REFERENCES audits, to_state text NOT NULL, sort_key integer NOT NULL, most_recent boolean NOT NULL,
  actor text NOT NULL, seen_at timestamp NOT NULL, closed_at timestamptz, digest text NOT NULL, reason text NOT NULL, metadata jsonb NOT NULL,
  UNIQUE (audit_id, sort_key)
);
CREATE UNIQUE INDEX ON audit_transitions (audit_id) WHERE most_recent;
CREATE INDEX ON audit_transitions (to_state, audit_id) WHERE most_recent;
CREATE FUNCTION audit_digest() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.digest := md5(NEW.to_state); RETURN NEW; END $$;
CREATE TRIGGER digest BEFORE INSERT ON audit_transitions FOR EACH ROW EXECUTE FUNCTION audit_digest();
-- States that a domain lists, a first state whose origin may not be null, and a trigger that has its own mind.
CREATE DOMAIN badge_state AS text CHECK (value IN ('worn', 'lost', 'found', 'kept'));
CREATE TABLE badges (id serial PRIMARY KEY);
CREATE TABLE badge_transitions (
  "badgeId" integer NOT NULL REFERENCES badges, from_state text NOT NULL, to_state badge_state NOT NULL, sort_key integer NOT NULL,
  most_recent boolean NOT NULL, UNIQUE ("badgeId", sort_key)
);
CREATE FUNCTION badge_changed() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN IF NEW.to_state = 'kept' THEN RETURN NULL; END IF; IF NEW.to_state = 'lost' THEN NEW.to_state := 'found'; END IF; RETURN NEW; END
$$;
CREATE TRIGGER changed BEFORE INSERT ON badge_transitions FOR EACH ROW EXECUTE FUNCTION badge_changed();
-- Numbers that the database gives, of which no two are the same.
CREATE TABLE tokens (id serial PRIMARY KEY);
CREATE TABLE token_transitions (
  token_id integer NOT NULL REFERENCES tokens, from_state text NOT NULL, to_state text NOT NULL,
  sort_key bigint GENERATED ALWAYS AS IDENTITY, UNIQUE (token_id, sort_key)
);
-- Transitions of rows of several tables.
CREATE TABLE state_transitions (
  transitionable_type text NOT NULL, transitionable_id integer NOT NULL, to_state text NOT NULL, sort_key integer NOT NULL,
  UNIQUE (transitionable_type, transitionable_id, sort_key)
);
