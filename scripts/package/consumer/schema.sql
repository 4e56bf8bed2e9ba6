CREATE TABLE tasks (
  id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  title text NOT NULL,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done'))
);
CREATE TABLE steps (id integer PRIMARY KEY, task_id integer NOT NULL REFERENCES tasks);
