-- Functions and procedures of every kind, with a typed caller for each that can have one.

CREATE SCHEMA api;
CREATE TYPE public.mood AS ENUM ('sad', 'ok');
CREATE TYPE public.pair AS (a integer, "b c" text);
CREATE DOMAIN public.positive AS integer NOT NULL CHECK (VALUE > 0);
CREATE DOMAIN public.size AS text CHECK (VALUE IN ('small', 'large'));
CREATE DOMAIN public.pairing AS public.pair;
CREATE TYPE public.span AS RANGE (subtype = float8, multirange_type_name = spans);

CREATE TABLE public.tasks (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL,
    status text NOT NULL CHECK (status IN ('open', 'done')),
    due timestamptz,
    tags text[] NOT NULL DEFAULT '{}' CHECK (array_position(tags, NULL) IS NULL),
    details jsonb
);
CREATE TABLE public.notes (id integer PRIMARY KEY, task_id bigint REFERENCES public.tasks);
CREATE TABLE public.hidden (id integer);

-- Scalars: names, defaults, strictness, modes of passing.
CREATE FUNCTION public.full_name("first" text, last_name text DEFAULT 'Doe', OUT result text) LANGUAGE sql IMMUTABLE AS $$ SELECT $1 || ' ' || $2 $$;
CREATE FUNCTION public.increment(integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT $1 + 1 $$;
CREATE FUNCTION public.mixed(text, amount integer DEFAULT 2, integer DEFAULT 3) RETURNS text LANGUAGE sql AS $$ SELECT $1 || $2 || $3 $$;
CREATE FUNCTION public.now_utc() RETURNS timestamp LANGUAGE sql STABLE AS $$ SELECT timestamp '2024-02-29 12:00' $$;
CREATE FUNCTION public.total(label text, VARIADIC amounts numeric[]) RETURNS numeric LANGUAGE sql AS $$ SELECT sum(a) FROM unnest(amounts) a $$;
CREATE FUNCTION public.sum_of(VARIADIC integer[]) RETURNS bigint LANGUAGE sql AS $$ SELECT sum(a) FROM unnest($1) a $$;
CREATE FUNCTION public.echo_json(doc jsonb, plain json DEFAULT NULL) RETURNS jsonb LANGUAGE sql AS $$ SELECT doc $$;
CREATE FUNCTION public.echo_mood(m public.mood, list public.mood[] DEFAULT '{}') RETURNS public.mood[] LANGUAGE sql AS $$ SELECT list || m $$;
CREATE FUNCTION public.next_positive(n public.positive, s public.size DEFAULT 'small') RETURNS public.positive LANGUAGE sql AS $$ SELECT n WHERE s = 'small' $$;
CREATE FUNCTION public.code(letters character, bits bit, gap interval DEFAULT '1 day') RETURNS text LANGUAGE sql AS $$ SELECT letters || bits::text || gap::text $$;
COMMENT ON FUNCTION public.full_name IS 'The whole name. */ ${x} `';

-- A function over the row is a computed field, and can be called as well.
CREATE FUNCTION public.is_open(task public.tasks) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT task.status = 'open' $$;

-- Rows: of a table, of declared columns, of a composite type, of single values.
CREATE FUNCTION public.search_tasks(q text, max_rows integer DEFAULT 10) RETURNS SETOF public.tasks LANGUAGE sql STABLE
    AS $$ SELECT * FROM public.tasks WHERE title LIKE '%' || q || '%' ORDER BY id LIMIT max_rows $$;
CREATE FUNCTION public.task_counts(since timestamptz DEFAULT '-infinity') RETURNS TABLE(status text, "how many" bigint, latest timestamptz) LANGUAGE sql STABLE
    AS $$ SELECT status, count(*), max(due) FROM public.tasks GROUP BY status ORDER BY status $$;
CREATE FUNCTION public.one_task(id bigint) RETURNS public.tasks LANGUAGE sql STABLE AS $$ SELECT * FROM public.tasks t WHERE t.id = $1 $$;
CREATE FUNCTION public.min_max(integer[], OUT integer, OUT integer) LANGUAGE sql AS $$ SELECT min(a), max(a) FROM unnest($1) a $$;
CREATE FUNCTION public.swap(INOUT a integer, INOUT b text, OUT "both" public.pair) LANGUAGE sql AS $$ SELECT a, b, ROW(a, b)::public.pair $$;
CREATE FUNCTION public.countdown(start integer) RETURNS SETOF integer LANGUAGE sql AS $$ SELECT generate_series(start, 1, -1) $$;
CREATE FUNCTION public.labels() RETURNS TABLE(label text) LANGUAGE sql AS $$ VALUES ('a'), (NULL) $$;
CREATE FUNCTION public.pairs(n integer) RETURNS SETOF public.pair LANGUAGE sql AS $$ SELECT i, 'p' || i FROM generate_series(1, n) i $$;
CREATE FUNCTION public.pairing_of(a integer) RETURNS public.pairing LANGUAGE sql AS $$ SELECT ROW(a, 'x')::public.pairing $$;
CREATE FUNCTION public.all_notes() RETURNS public.notes[] LANGUAGE sql STABLE AS $$ SELECT array_agg(n) FROM public.notes n $$;

-- What is run by itself.
CREATE FUNCTION public.touch(task_id bigint) RETURNS void LANGUAGE sql AS $$ UPDATE public.tasks SET due = '2030-01-01 00:00+00' WHERE id = task_id $$;
CREATE PROCEDURE public.add_task(title text, status text DEFAULT 'open') LANGUAGE sql AS $$ INSERT INTO public.tasks (title, status) VALUES (title, status) $$;
CREATE PROCEDURE public.settle(factor integer, INOUT "running total" numeric, OUT "At" date) LANGUAGE plpgsql
    AS $$ BEGIN "running total" := "running total" * factor; "At" := '2024-02-29'; END $$;
CREATE PROCEDURE public.unnamed(integer, INOUT integer, OUT text) LANGUAGE plpgsql AS $$ BEGIN $2 := $1 + $2; $3 := 'x'; END $$;

-- Overloads, other schemas, hostile names.
CREATE FUNCTION public.area(radius double precision) RETURNS double precision LANGUAGE sql AS $$ SELECT radius $$;
CREATE FUNCTION public.area(side integer) RETURNS text LANGUAGE sql AS $$ SELECT 'square ' || side $$;
CREATE FUNCTION public.area() RETURNS boolean LANGUAGE sql AS $$ SELECT true $$;
CREATE FUNCTION api.version() RETURNS text LANGUAGE sql AS $$ SELECT 'api' $$;
CREATE FUNCTION public.lower(text) RETURNS text LANGUAGE sql AS $$ SELECT 'ours' $$;
CREATE FUNCTION public."delete"("constructor" integer, "__proto__" text DEFAULT 'p', "in" text DEFAULT 'i') RETURNS text LANGUAGE sql AS $$ SELECT $1 || $2 || $3 $$;
CREATE FUNCTION public."*/ ${x} ""`'\"("a""b' => " integer, "A" integer DEFAULT 1, a integer DEFAULT 2) RETURNS TABLE("x""`y" integer, "X" integer, x integer) LANGUAGE sql AS $$ SELECT $1, $2, $3 $$;
CREATE FUNCTION public.routine(integer, "default" integer) RETURNS integer LANGUAGE sql AS $$ SELECT $1 $$;
CREATE FUNCTION public."argument"("value" text) RETURNS text LANGUAGE sql AS $$ SELECT $1 $$;

-- No caller: rowsmith says so.
CREATE FUNCTION public.pick(anyelement) RETURNS anyelement LANGUAGE sql AS $$ SELECT $1 $$;
CREATE FUNCTION public.anything() RETURNS SETOF record LANGUAGE sql AS $$ SELECT 1, 'a' $$;
CREATE FUNCTION public.of_hidden() RETURNS SETOF public.hidden LANGUAGE sql AS $$ SELECT * FROM public.hidden $$;
CREATE FUNCTION public.touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION public.raw(cstring) RETURNS text LANGUAGE internal AS 'textin' IMMUTABLE STRICT;
CREATE AGGREGATE public.total_of(integer) (sfunc = int4pl, stype = integer);
