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
