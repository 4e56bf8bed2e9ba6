-- Equal names in several schemas, and a type from another one.
CREATE SCHEMA billing;
CREATE SCHEMA "Odd Schema";
CREATE TYPE billing.status AS ENUM ('open', 'paid');
CREATE TABLE public.users (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE billing.users (id integer PRIMARY KEY REFERENCES public.users, status billing.status NOT NULL);
CREATE TABLE "Odd Schema"."Odd Table" ("Odd Column" integer);
CREATE TABLE billing.user_data (id integer GENERATED ALWAYS AS IDENTITY, note text);
CREATE TABLE billing.userdata (id integer, value text);
CREATE TABLE public.events (id integer, a_b integer GENERATED ALWAYS AS (1) STORED, ab integer);
