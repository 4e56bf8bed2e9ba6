-- Names that would break out of strings, comments and identifiers, or meet each other.
CREATE TABLE "quo""te's" ("a""b" integer, "a'b" integer, "back`tick" text, "${x}" text, "new
line" text);
CREATE TABLE class ("default" text, "__proto__" text, "constructor" text, "class" integer);
CREATE TABLE "Json" (json json, "Json" jsonb);
CREATE TABLE dates (date date NOT NULL);
CREATE TABLE d_b (id integer);
CREATE TABLE foo_bars (foo_bar integer, "fooBar" integer, "foo bar" integer);
CREATE TABLE "1st" ("2nd" integer);
CREATE TABLE "con" (id integer);
CREATE TABLE "日本" ("名前" text);
CREATE TYPE status AS ENUM ('on', 'off');
CREATE TYPE json_input AS ENUM ('a');
CREATE TABLE statuses (status status NOT NULL, other json_input);
COMMENT ON TABLE class IS '*/ export const broken = 1; /*';
COMMENT ON COLUMN class."default" IS E'One\r\nTwo \u202e reversed';

-- Its read function would be called like one that it calls.
CREATE TABLE public.model (id integer);

-- So would what these declare: the constant of fields, the function for RETURNING, the condition on a state.
CREATE TABLE public.returning (id integer);
CREATE TABLE public."Fields_" (id integer);
CREATE TABLE public."not" (id integer PRIMARY KEY);
CREATE TABLE public.not_transitions (not_id integer NOT NULL REFERENCES public."not", to_state text NOT NULL, sort_key integer NOT NULL, most_recent boolean NOT NULL);
CREATE UNIQUE INDEX ON public.not_transitions (not_id) WHERE most_recent;
