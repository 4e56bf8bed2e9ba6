-- Types of the schema's own under PGlite: it knows no domain, so what is written to one is text, and arrays of any type are lists.
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE address AS (street text, zip integer);
CREATE TYPE span AS RANGE (subtype = float8);
CREATE DOMAIN flag AS boolean;
CREATE DOMAIN amount AS bigint DEFAULT 0 NOT NULL;
CREATE DOMAIN level AS integer CHECK (VALUE IN (1, 2, 3));
CREATE DOMAIN top_level AS level CHECK (VALUE IN (3, 4));
CREATE DOMAIN digit AS bigint CHECK (VALUE IN (1, 2));
CREATE DOMAIN color AS text CHECK (VALUE IN ('red', 'green'));
CREATE DOMAIN settings AS jsonb;
CREATE DOMAIN instant AS timestamptz;
CREATE DOMAIN moment AS timestamptz CHECK (isfinite(VALUE));
CREATE DOMAIN photo AS bytea;
CREATE DOMAIN tags AS text[];
CREATE DOMAIN feeling AS mood;
CREATE DOMAIN place AS point;

CREATE TABLE things (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  flag flag,
  flags flag[],
  amount amount,
  amounts amount[] NOT NULL,
  level level NOT NULL,
  levels level[],
  top top_level,
  digit digit NOT NULL,
  color color,
  colors color[] NOT NULL,
  settings settings NOT NULL,
  all_settings settings[],
  instant instant NOT NULL,
  instants instant[],
  moment moment NOT NULL,
  photo photo,
  photos photo[],
  tags tags NOT NULL,
  tag_lists tags[],
  feeling feeling NOT NULL,
  feelings feeling[],
  place place,
  places place[],
  mood mood NOT NULL,
  moods mood[],
  home address,
  homes address[],
  span span,
  spans span[],
  status varchar(9) NOT NULL CHECK (status IN ('on', 'off')),
  data json NOT NULL,
  at timestamp NOT NULL,
  number numeric,
  box box,
  grid integer[][] NOT NULL
);
CREATE TABLE owners (thing things, things things[]);
