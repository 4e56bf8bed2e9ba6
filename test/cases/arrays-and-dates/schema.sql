-- Elements of arrays may be NULL and dates infinite, unless a CHECK proves otherwise.
CREATE DOMAIN tags AS text[] CHECK (array_position(VALUE, NULL) IS NULL);
CREATE DOMAIN workday AS date CHECK (isfinite(VALUE));

CREATE TABLE measurements (
  loose int[] NOT NULL,
  proven int[] NOT NULL CHECK (array_position(proven, NULL) IS NULL),
  short varchar(5)[] NOT NULL CHECK (array_position(short, NULL) IS NULL),
  "Odd Name" text[] NOT NULL CHECK (array_position("Odd Name", NULL) IS NULL),
  unproven int[] NOT NULL,
  other int[] NOT NULL CHECK (array_position(proven, NULL) IS NULL OR other IS NOT NULL),
  grid int[][] NOT NULL,
  tagged tags NOT NULL,
  at timestamptz NOT NULL,
  since timestamptz NOT NULL CHECK (isfinite(since)),
  day date NOT NULL CHECK (isfinite(day)),
  worked workday NOT NULL,
  days date[] NOT NULL,
  maybe timestamp NOT NULL CHECK (isfinite(maybe) OR maybe = 'infinity')
);
ALTER TABLE measurements ADD CONSTRAINT unproven CHECK (array_position(unproven, NULL) IS NULL) NOT VALID;
