import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Catalog } from '../../src/catalog/catalog.js';
import { check, type Source } from '../../src/index.js';
import { freshDatabase, POSTGRES_VERSIONS, type PostgresVersion } from '../support/postgres.js';

/** What PostgreSQL has had since version 11. */
const schema = `
create type mood as enum ('sad', 'ok');
create type pair as (a integer, b mood);
create type span as range (subtype = float8);
create domain short as varchar(10) collate "C" check (length(value) > 1);
create table people (
  id integer primary key generated always as identity,
  mood mood not null default 'ok',
  name short collate "C",
  boss integer references people on delete cascade,
  spans span[],
  pair pair,
  state text check (state in ('on', 'off')),
  unique (name, boss)
);
create unique index on people (state) where boss is null;
create table events (at timestamptz not null, data jsonb) partition by range (at);
create table events_old partition of events for values from (minvalue) to ('2020-01-01');
create view happy as select p.id, p.name, coalesce(b.mood, 'ok') as mood, count(*) over () from people p left join people b on b.id = p.boss;
create function greeting(people) returns text stable language sql as $$ select 'Hello ' || $1.name $$;
comment on table people is 'Everybody.';
comment on column people.name is 'As it is called.';
`;

const read = async (source: Source): Promise<Catalog> => (await check({ config: { source } })).catalog;

async function readFrom(version: PostgresVersion, sql: string, user = 'postgres'): Promise<Catalog> {
  const database = await freshDatabase(version, sql);
  try {
    return await read({ url: database.url.replace('postgres@', `${user}@`) });
  } finally {
    await database.drop();
  }
}

const withoutMultiranges = ({ ranges }: Catalog) => ranges.map(({ multirange: _, ...range }) => range);

/** The catalog of PostgreSQL before 14, which had no multiranges, nor the functions that make them. */
const older = (catalog: Catalog): Catalog => ({
  ...catalog,
  ranges: withoutMultiranges(catalog),
  functions: catalog.functions.filter(({ name }) => name !== 'span_multirange'),
});

const hides = (table: string, column: string) =>
  `set allow_system_table_mods = on; alter table pg_catalog.${table} rename column ${column} to hidden_${column};`;

let embedded: Catalog;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rowsmith-servers-'));
  writeFileSync(join(folder, 'schema.sql'), schema);
  embedded = await read({ sql: join(folder, 'schema.sql') });
  rmSync(folder, { recursive: true });
});

describe.each(POSTGRES_VERSIONS)('PostgreSQL %s', (version) => {
  const number = Number(version);
  const testReadable = number < 11 ? test.skip : test;
  const testTooOld = number < 11 ? test : test.skip;
  // Hiding columns makes a server that lacks what its version has. Version 12 lets nobody do that.
  const testChanged = number < 14 ? test.skip : test;

  testReadable('gives the catalog that the embedded one gives', async () => {
    expect(await readFrom(version, schema)).toEqual(number < 14 ? older(embedded) : embedded);
  });

  testTooOld('is refused', async () => {
    await expect(readFrom(version, 'create table t ()')).rejects.toMatchObject({
      code: 'server-not-readable',
      message: expect.stringContaining(`The catalog of PostgreSQL ${version}.`),
    });
  });

  testChanged('is read by what its catalog has, whatever version it reports', async () => {
    const lacking = hides('pg_range', 'rngmultitypid') + hides('pg_collation', 'collisdeterministic');
    const collation = `create collation loose (provider = icu, locale = 'und', deterministic = false); create table words (word text collate loose);`;
    expect(nondeterministic(await readFrom(version, schema + collation))).toBe(true);
    const catalog = await readFrom(version, schema + collation + lacking);
    expect(nondeterministic(catalog)).toBe(false);
    expect(catalog.ranges).toEqual(withoutMultiranges(embedded));
    expect(catalog.relations.filter(({ name }) => name !== 'words')).toEqual(embedded.relations);
  });

  testChanged('is refused, with its version, where its catalog lacks more than that', async () => {
    await expect(readFrom(version, schema + hides('pg_index', 'indnkeyatts'))).rejects.toMatchObject({
      code: 'server-not-readable',
      message: expect.stringMatching(
        `^The catalog of PostgreSQL ${version}[.][0-9]+ cannot be read: column i.indnkeyatts does not exist[.]$`,
      ),
      hint: expect.stringContaining('rowsmith reads PostgreSQL 11 and newer'),
    });
  });

  testReadable('is refused with a hint where the role may not read the catalog', async () => {
    const role = `kept_out_${randomBytes(4).toString('hex')}`;
    await expect(
      readFrom(version, `create role ${role} login; revoke select on pg_catalog.pg_enum from public`, role),
    ).rejects.toMatchObject({
      code: 'server-not-readable',
      message: expect.stringContaining('cannot be read: permission denied for table pg_enum.'),
      hint: expect.stringContaining('Let the role read the tables of pg_catalog'),
    });
  });
});

function nondeterministic({ relations }: Catalog): boolean {
  return relations.some(({ columns }) => columns.some((column) => column.nondeterministic));
}
