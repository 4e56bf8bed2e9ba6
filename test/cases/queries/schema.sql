CREATE TYPE mood AS ENUM ('calm', 'cross');
CREATE DOMAIN email AS text NOT NULL CHECK (VALUE ~ '@');
CREATE TABLE people (
  person_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  nick text UNIQUE,
  email email,
  mood mood NOT NULL DEFAULT 'calm',
  prefs jsonb NOT NULL DEFAULT '{}'
);
CREATE TABLE tickets (
  num integer PRIMARY KEY,
  title text NOT NULL,
  due timestamptz,
  org_id integer NOT NULL,
  assignee integer REFERENCES people,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed')),
  tags text[] NOT NULL DEFAULT '{}',
  grid integer[][],
  after integer REFERENCES tickets
);
CREATE VIEW open_tickets AS SELECT num, title, assignee FROM tickets WHERE status = 'open';
CREATE VIEW strict_emails AS SELECT person_id, email FROM people;
COMMENT ON COLUMN tickets.due IS 'The end of the day that it was promised for.';
-- Not included, and read by a query.
CREATE TYPE verdict AS ENUM ('fine', 'late', 'lost');
CREATE DOMAIN grade AS integer CHECK (VALUE IN (1, 2, 3));
CREATE TABLE audits (num integer REFERENCES tickets, verdict verdict NOT NULL, earlier verdict[], grade grade);
