-- Types that only rowsmith's parsers tell apart from text: arrays of declared types, composites, ranges, int8.
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN score AS int CHECK (VALUE IN (1, 2, 3));
CREATE TYPE money_amount AS (units bigint, "currency code" text);
COMMENT ON TYPE money_amount IS 'An amount in minor units.';
CREATE TYPE line_item AS (amount money_amount, moods mood[], valid daterange);
CREATE TYPE json AS (captured boolean);
CREATE TYPE float_range AS RANGE (subtype = float8, multirange_type_name = float_multirange);

CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  moods mood[] NOT NULL,
  scores score[] NOT NULL,
  total money_amount NOT NULL,
  items line_item[] NOT NULL,
  open_during tstzrange NOT NULL,
  closed_during tstzmultirange,
  weights float_range[],
  sizes float_multirange,
  odd public.json,
  created_at timestamp NOT NULL,
  due date
);
-- States that are bigints to the program.
CREATE TABLE lanes (id integer PRIMARY KEY);
CREATE TABLE lane_transitions (lane_id integer NOT NULL REFERENCES lanes, to_state bigint NOT NULL, sort_key integer NOT NULL, UNIQUE (lane_id, sort_key));
