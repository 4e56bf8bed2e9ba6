import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { check, type ModelConfig } from '../src/index.js';
import { type FreshDatabase, freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';

/** Functions over a row, and SQL fields: which functions become fields, on real servers. */
const schema = `
  create schema api;
  create schema hidden;
  create table patients (id integer primary key, name text, visits integer not null default 0);
  create table hidden.secrets (id integer primary key);
  insert into patients values (1, null, 0);
  create function visit(p patients) returns integer language sql
    as 'update public.patients set visits = visits + 1 where id = p.id returning visits';
  create function touch(id integer) returns integer language sql
    as 'update public.patients set visits = visits + 1 where id = $1 returning visits';
  create function label(p patients) returns text stable language sql as $$ select 'patient ' || p.id $$;
  create function nothing(p patients) returns void stable language sql as 'select';
  create function row_of(p patients) returns record stable language sql as 'select 1, 2';
  create function text_of(p patients) returns cstring stable language internal as 'textout';
  create function several(p patients) returns setof integer stable language sql as 'select 1';
  create function two(p patients, out a integer, out b integer) stable language sql as 'select 1, 2';
  create function one(p patients, out a integer) stable language sql as 'select 1';
  create function api.elsewhere(p patients) returns integer immutable language sql as 'select 1';
  create function api."of secrets"(s hidden.secrets) returns integer immutable language sql as 'select 1';
  create function step(state integer, id integer) returns integer language sql
    as 'update public.patients set visits = visits + 1 returning 1';
  create aggregate stepped(integer) (sfunc = step, stype = integer, initcond = '0');
  create function wrote(state integer, id integer) returns boolean language sql
    as 'update public.patients set visits = visits + 1 returning true';
  create operator @#@ (leftarg = integer, rightarg = integer, function = wrote);
  create operator ### (leftarg = integer, rightarg = integer, function = step);
  create view calm as select id from patients;
  create view restless as select touch(id) as id from patients;
  create view over_restless as select id from restless;
  create sequence numbers;
`;

type Computed = NonNullable<ModelConfig['computed']>;

describe.each(POSTGRES_VERSIONS)('fields on PostgreSQL %s', (version) => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase(version, schema);
  });
  afterAll(() => database?.drop());

  async function reading(computed: Computed) {
    const config = { source: { url: database.url }, exclude: ['secrets'], models: { patients: { computed } } };
    const { catalog, notes } = await check({ config });
    const fields = catalog.expressions.map(({ field, type, notNull }) => `${field} ${type.sql}${notNull ? '!' : ''}`);
    return { fields, notes };
  }

  test('STABLE and IMMUTABLE functions that give one value are fields, of any schema; notes name the others', async () => {
    const { fields, notes } = await reading({});
    expect(fields).toEqual(['elsewhere integer', 'label text', 'one integer']);
    expect(notes).toEqual([
      'VOLATILE functions over a row do not become fields, because reading must not write. If they only read, make them fields with ALTER FUNCTION public.visit(public.patients) STABLE; To use one that writes, set computed: { "visit": { volatile: true } }.',
      'Functions over a row that do not return one value do not become fields: public.nothing(public.patients) gives void, public.row_of(public.patients) gives record, public.several(public.patients) gives a set, public.text_of(public.patients) gives cstring, public.two(public.patients) gives record.',
    ]);
  });

  test('one is asked for, promised not null, or left out', async () => {
    const { fields } = await reading({
      visit: { volatile: true },
      label: { notNull: true },
      one: false,
    });
    expect(fields).toEqual(['elsewhere integer', 'label text!', 'visit integer']);
  });

  test.each<[string, string]>([
    ['nothing', 'models.patients.computed.nothing is not a field: the function does not return one value per row.'],
    ['visit', 'models.patients.computed.visit is not a field: the function is VOLATILE.'],
    ['lable', 'The config names an unknown function over a row: models.patients.computed.lable'],
  ])('nothing can be said of %s', async (field, message) => {
    await expect(reading({ [field]: { notNull: true } })).rejects.toThrow(message);
  });

  test.each([
    'touch(t.id)',
    '1 + (select touch(p.id) from patients p limit 1)',
    '(select r.id from restless r limit 1)',
    '(select r.id from over_restless r limit 1)',
    '(select stepped(p.id) from patients p)',
    '(select max(s) from (select stepped(p.id) over () as s from patients p) p)',
    't.id ### 1',
    't.id @#@ any (array[1])',
    "nextval('numbers')",
    'case when t.id > 1 then random() end',
    'gen_random_uuid()',
    'array(select p.id from patients p order by random())',
    'array(with w as (select touch(1) as n) select n from w)',
  ])('%s is refused until the config asks for it', async (sql) => {
    await expect(reading({ field: { sql } })).rejects.toThrow(
      'The computed field "field" of patients calls a VOLATILE function',
    );
    expect((await reading({ field: { sql, volatile: true } })).fields).toHaveLength(4);
  });

  test.each([
    'now()',
    '(select c.id from calm c limit 1)',
    "'touch(1) :funcid 1598'::text",
    '(select ":funcid 1598".id from patients ":funcid 1598" limit 1)',
    "to_char(1, '9')",
  ])('%s is a field', async (sql) => {
    expect((await reading({ field: { sql } })).fields).toHaveLength(4);
  });
});
