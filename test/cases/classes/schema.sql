-- Dates, times and numbers as classes of the user's modules.
CREATE DOMAIN price AS numeric(10, 2) NOT NULL DEFAULT 0;

CREATE TABLE shifts (
  day date PRIMARY KEY,
  starts time NOT NULL,
  noted_at timestamp,
  paid_at timestamptz DEFAULT now() NOT NULL CHECK (isfinite(paid_at)),
  breaks time[] NOT NULL,
  open_during tstzrange,
  wage price
);
