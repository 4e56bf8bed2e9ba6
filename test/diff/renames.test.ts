import { expect, test } from '@jest/globals';
import pg from 'pg';
import { diff, type Snapshot, snapshot } from '../../src/index.js';
import { execute, type FreshDatabase, freshDatabase, newestVersion, serverUrl } from '../support/postgres.js';

const config = {};

/** A copy of a database: what a template, a base backup or a branch of a hosted one gives. */
async function copyOf(database: FreshDatabase): Promise<FreshDatabase> {
  const url = new URL(database.url);
  const [original, copy] = [url.pathname.slice(1), `${url.pathname.slice(1)}_copy`];
  await execute(
    await serverUrl(newestVersion),
    `create database ${pg.escapeIdentifier(copy)} template ${pg.escapeIdentifier(original)}`,
  );
  url.pathname = copy;
  return {
    url: url.href,
    drop: async () =>
      execute(await serverUrl(newestVersion), `drop database ${pg.escapeIdentifier(copy)} with (force)`),
  };
}

async function messages(from: Snapshot, to: Snapshot): Promise<string[]> {
  return (await diff({ config, from, to })).findings.map(({ message }) => message);
}

test('between a database and its copy, renames are certain', async () => {
  const original = await freshDatabase(newestVersion, 'create table a (id integer, b text, c text)');
  const copy = await copyOf(original);
  await execute(copy.url, 'alter table a rename b to x; alter table a rename c to y; alter table a rename to z');
  const { findings } = await diff({ config, from: { url: original.url }, to: { url: copy.url } });
  await copy.drop();
  await original.drop();
  expect(findings.map(({ message, certainty }) => `${certainty}: ${message}`)).toEqual([
    'certain: z was renamed from a to z: breaks select, insert and update',
    'certain: z.x was renamed from b to x: breaks select, insert and update',
    'certain: z.y was renamed from c to y: breaks select, insert and update',
  ]);
});

test('two databases that were not copied have nothing certain', async () => {
  const [left, right] = [
    await freshDatabase(newestVersion, 'create table t (a integer, b text, c date)'),
    await freshDatabase(newestVersion, 'create table t (a integer, d text, c date)'),
  ];
  const { findings } = await diff({ config, from: { url: left.url }, to: { url: right.url } });
  await left.drop();
  await right.drop();
  expect(findings.map(({ message }) => message)).toEqual([
    't.d was probably renamed from b to d: breaks select, insert and update',
  ]);
});

test('copies that went on by themselves may give one id to two tables: that is no rename', async () => {
  const database = await freshDatabase(
    newestVersion,
    'create table a (x integer, y text); create table other (q date)',
  );
  const { catalog, identities } = await snapshot({ config: { source: { url: database.url } } });
  await database.drop();
  if (!identities) throw new Error('A live server has identities.');
  const named = (name: string) => catalog.relations.filter((relation) => relation.name === name);
  const from = { catalog: { ...catalog, relations: named('a') }, identities };
  const renumbered = identities.relations.map((relation) =>
    relation.name === 'other'
      ? { ...relation, id: identities.relations.find(({ name }) => name === 'a')?.id ?? 0 }
      : relation,
  );
  const to = {
    catalog: { ...catalog, relations: named('other') },
    identities: { ...identities, relations: renumbered },
  };
  expect(await messages(from, to)).toEqual([
    'a was removed (table): breaks select, insert and update',
    'other was added (table): safe',
  ]);
});
