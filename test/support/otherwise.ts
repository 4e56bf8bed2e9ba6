/**
 * A schema with a value of every kind that a server prints according to its settings, and settings under which it
 * prints them differently.
 */

/**
 * Literals include their time zone and an unambiguous order of day and month, so that no setting affects what is
 * stored, only how it is printed.
 */
export const printedSchema = `
  create schema other; create type mood as enum ('sad', 'it''s', E'back\\\\slash'); create type other.mood as enum ('other');
  create function mood_of(int) returns mood language sql immutable as $$ select 'sad'::mood $$;
  create function other.mood_of(int) returns other.mood language sql immutable as $$ select 'other'::other.mood $$;
  create domain whenever as timestamptz default '2024-01-02 03:04:05+00' check (value > '2020-02-03 04:05:06+00');
  create domain pay as money default 12.34::numeric::money;
  create domain words as text default E'a\\\\b' check (value in ('x', 'y''z', E'back\\\\slash'));
  create domain feeling as mood default 'sad'; create domain bytes as bytea default decode('01ff5c', 'hex'); create domain "Odd name" as text default 'a' check (value <> 'b');
  create table things (
    id int primary key, name text not null default E'it''s a \\\\ back', note text, kind text not null check (kind in ('x', 'y')),
    "order" text check ("order" = any (array['a', 'b'])), "user" int default 1,
    bin bytea not null default '\\x00ff5c27'::bytea, at timestamptz not null default '2024-01-02 03:04:05.5+00', on_day date default '2024-02-01', daily time default '04:05',
    span interval default '1 year 2 mons -3 days 04:05:06.7', cost money default '$1,234.56'::money, share float8 default 0.1::float8 + '0.30000000000000004'::float8, real real default '1.1'::real,
    range tstzrange default '[2024-01-01 00:00+00,2024-02-01 00:00+00)', days daterange default '[2024-01-01,2024-02-01)', mood mood default 'sad', times timestamptz[] default '{2024-01-01 00:00:00+00}',
    doc xml default '<a>b</a>', place point default '(0.1,0.30000000000000004)', class regclass default 'things', called regproc default 'other.mood_of',
    often whenever default now(), felt feeling, words words, upper text generated always as (upper(name)) stored, late boolean generated always as (at > '2024-01-01 00:00:00+00') stored,
    check (at > '2020-01-01 00:00:00+00'), check (span < '1 mon 2 days'), check (bin <> '\\xdead'::bytea), check (cost > '$0.50'::money), check (share <> '0.30000000000000004'::float8), check (on_day > '2021-05-06')
  );
  alter table things add column later timestamptz default '2024-01-01 00:00:00+00', add column more bytea default '\\xff'::bytea, add column part float8 default '0.30000000000000004';
  create unique index on things (id) where at > '2024-05-06 07:08:09+00'; create unique index on things (name) where bin = '\\xbeef'::bytea and "order" = 'a';
  create view "Seen" as select id as "Select", at, coalesce(at, '2024-01-01 00:00+00'::timestamptz) as since, '1 day'::interval as span, array[at, '2024-01-01 00:00+00'] as times, bin || '\\x00'::bytea as more from things;
  create table parts (at timestamptz, share float8, span interval, bin bytea, kind mood) partition by range (at, share, span, (bin || '\\x00'::bytea));
  create table parts_1 partition of parts for values from ('2024-01-02 03:04:05+00', '0.30000000000000004', '1 year -3 days', '\\x00ff5c27')
    to ('2024-05-06 07:08:09.5+00', maxvalue, maxvalue, maxvalue) partition by list (kind);
  create table parts_2 partition of parts_1 for values in ('it''s', E'back\\\\slash');
  create type pair as (a timestamptz, b "Odd name");
  create function tr() returns trigger language plpgsql as 'begin return new; end'; create trigger seen_in instead of insert on "Seen" for each row execute function tr('back\\slash', '\\x01');
`;

/** Computed fields whose SQL is read according to settings. */
export const printedFields = {
  nothing: { sql: 't.note = null' },
  numbers: { sql: `'{NULL,1}'::int[]` },
  slash: { sql: `'a\\'` },
  quote: { sql: `E'a\\''` },
  fragment: { sql: `'a<b/>'::xml` },
  kindText: { sql: 't.kind::text' },
  since: { sql: `coalesce(t.at, '2024-01-01')` },
  moodOf: { sql: 'mood_of(t.id)' },
};

/** Each was seen to change the output, or the database's fingerprint, unless the reading sets it. */
export const otherwise: readonly (readonly [name: string, value: string])[] = [
  ['TimeZone', 'America/New_York'],
  ['DateStyle', 'SQL'],
  ['DateStyle', 'German, MDY'],
  ['DateStyle', 'Postgres'],
  ['IntervalStyle', 'sql_standard'],
  ['IntervalStyle', 'iso_8601'],
  ['IntervalStyle', 'postgres_verbose'],
  ['bytea_output', 'escape'],
  ['extra_float_digits', '-15'],
  ['quote_all_identifiers', 'on'],
  ['standard_conforming_strings', 'off'],
  ['backslash_quote', 'off'],
  ['array_nulls', 'off'],
  ['transform_null_equals', 'on'],
  ['xmloption', 'document'],
];
