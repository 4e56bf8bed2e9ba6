-- Models of every kind of field, for random queries that are compared with hand-written SQL.
CREATE TYPE person_kind AS ENUM ('staff', 'guest');
CREATE TABLE people (
  person_id serial PRIMARY KEY, full_name text NOT NULL, nick text, kind person_kind NOT NULL, rank integer,
  manager_id integer REFERENCES people
);
CREATE FUNCTION initials(people) RETURNS text LANGUAGE sql STABLE RETURN left($1.full_name, 1) || left($1.nick, 1);
CREATE TABLE jobs (
  job_id serial PRIMARY KEY, owner_id integer REFERENCES people, title text, tries integer, t text, due_at timestamptz
);
CREATE FUNCTION job_label(jobs) RETURNS text LANGUAGE sql STABLE RETURN $1.t || ':' || $1.title;
-- A flag tells the newest row, and a row without any is in the initial state.
CREATE TABLE job_transitions (
  id serial PRIMARY KEY, job_id integer NOT NULL REFERENCES jobs,
  to_state text NOT NULL CHECK (to_state IN ('new', 'running', 'done')),
  sort_key integer NOT NULL, most_recent boolean NOT NULL, created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ON job_transitions (job_id, most_recent) WHERE most_recent;
CREATE INDEX ON job_transitions (to_state, job_id) WHERE most_recent;
-- A number tells the newest row, and a row without any has no state.
CREATE TABLE parcels (parcel_id serial PRIMARY KEY, job_id integer REFERENCES jobs, weight numeric, s text);
CREATE TABLE parcel_transitions (
  parcel_id integer NOT NULL REFERENCES parcels, to_state text NOT NULL CHECK (to_state IN ('packed', 'sent')),
  sort_key integer NOT NULL, UNIQUE (parcel_id, sort_key)
);
CREATE VIEW late_jobs AS SELECT job_id, title, due_at FROM jobs WHERE due_at < '2025-06-05 00:00:00+00';
