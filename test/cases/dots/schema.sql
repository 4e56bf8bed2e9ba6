-- Names with dots, which are no paths, and names that every object of JavaScript has.
CREATE SCHEMA "odd.schema";
CREATE TYPE "odd.schema"."size.of" AS ENUM ('small', '__proto__');

CREATE TABLE "odd.things" (
  id integer PRIMARY KEY,
  "some.name" text NOT NULL,
  "constructor" text,
  size "odd.schema"."size.of"
);
CREATE TABLE "odd.things.transitions" (
  id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "thing.id" integer NOT NULL REFERENCES "odd.things",
  from_state text,
  to_state text NOT NULL CHECK (to_state IN ('new', 'constructor', 'done')),
  sort_key integer NOT NULL,
  most_recent boolean NOT NULL,
  UNIQUE ("thing.id", sort_key)
);
CREATE UNIQUE INDEX ON "odd.things.transitions" ("thing.id") WHERE most_recent;

CREATE TABLE "odd.schema"."more.things" (id integer PRIMARY KEY);
CREATE TABLE "odd.schema"."more.things.transitions" (
  id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  thing_id integer NOT NULL REFERENCES "odd.schema"."more.things",
  to_state text NOT NULL,
  sort_key integer NOT NULL,
  UNIQUE (thing_id, sort_key)
);
