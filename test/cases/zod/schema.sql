CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');

CREATE TABLE people (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  mood mood NOT NULL DEFAULT 'ok',
  level smallint NOT NULL CHECK (level IN (1, 2, 3)),
  age integer,
  score double precision,
  born date,
  joined timestamptz NOT NULL DEFAULT now(),
  tags text[] NOT NULL,
  extra jsonb,
  initials text GENERATED ALWAYS AS (left(name, 1)) STORED
);
COMMENT ON COLUMN people.name IS 'Given and family name.';

CREATE VIEW adults AS SELECT id, name, age FROM people WHERE age >= 18;
CREATE VIEW moods AS SELECT mood, count(*) AS number FROM people GROUP BY mood;
