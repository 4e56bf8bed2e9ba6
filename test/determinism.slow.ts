/** The same schema gives the same bytes, wherever it runs and in whatever order the database was built. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rowsmith } from './support/cli.js';
import { execute, type FreshDatabase, freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';
import { repositoryPath } from './support/repository.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-determinism-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function generated(name: string, source: string, environment: Record<string, string> = {}): Record<string, string> {
  const out = join(folder, name);
  expect(rowsmith(['generate', '--source', source, '--out', out], folder, environment)).toMatchObject({ code: 0 });
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => [
        join(entry.parentPath, entry.name).slice(out.length),
        readFileSync(join(entry.parentPath, entry.name), 'utf8'),
      ])
      .sort(),
  );
}

/** Names whose order and case depend on the language: ä after z in Danish, a dotless I in Turkish. */
const statements = [
  'create table "ITEM" (id int primary key, "Title" text)',
  'create table item_line (id int primary key, "å" text, aa text, z text, "I" int, "i" int)',
  `create type mood as enum ('ü', 'u', 'z', 'Z')`,
  'create table zebra (id int primary key, mood mood, at timestamptz default now(), day date default date $$2020-02-30$$ - 1)'.replace(
    '02-30',
    '02-28',
  ),
  'create function label(zebra) returns text language sql immutable as $$select $1.id::text$$',
  'create domain short as text check (length(value) < 5)',
  'create table ähre (id int primary key, short short)',
];

describe.each(POSTGRES_VERSIONS)('PostgreSQL %s', (version) => {
  const databases: FreshDatabase[] = [];
  afterAll(async () => {
    for (const database of databases) await database.drop();
  });

  test('languages, time zones and the order of creation make no difference', async () => {
    const [forward, backward] = [
      statements,
      [
        ...statements.slice(2, 3),
        ...statements.slice(5, 6),
        ...[6, 3, 4, 1, 0].map((index) => statements[index] as string),
      ],
    ];
    databases.push(
      await freshDatabase(version, forward.join(';\n')),
      await freshDatabase(version, backward.join(';\n')),
    );
    // Catalog rows that were rewritten are at another place in their files.
    databases.push(
      await freshDatabase(
        version,
        `${forward.join(';\n')}; alter table "ITEM" add gone int; alter table "ITEM" drop gone; alter table item_line rename to other; alter table other rename to item_line;`,
      ),
    );
    const [first, ...others] = databases.map(({ url }, index) => generated(`${version}-${index}`, url));
    for (const other of others) expect(other).toEqual(first);
    const [{ url }] = databases as [FreshDatabase];
    for (const [language, zone] of [
      ['da_DK.UTF-8', 'Asia/Kathmandu'],
      ['tr_TR.UTF-8', 'America/St_Johns'],
    ] as const) {
      const environment = { LANG: language, LC_ALL: language, TZ: zone, PGTZ: zone };
      expect(generated(`${version}-${language}`, url, environment)).toEqual(first);
    }
  });

  test('a database and its own dump, also for a role that may create nothing', async () => {
    const restored = await Promise.all(dumps.map((sql) => freshDatabase(version, sql)));
    databases.push(...restored);
    const outputs = restored.map(({ url }, index) => generated(`${version}-dump-${index}`, url));
    for (const output of outputs) expect(output).toEqual(ofFile);
    for (const [index, { url }] of restored.entries()) {
      const bare = new URL(url);
      const role = `reads_${bare.pathname.slice(1)}`;
      await execute(
        url,
        `create role ${role} login; revoke create, temporary on database ${bare.pathname.slice(1)} from public;
         revoke create on schema public from public`,
      );
      bare.username = role;
      try {
        expect(generated(`${version}-bare-${index}`, bare.href)).toEqual(ofFile);
      } finally {
        await execute(url, `drop role ${role}`);
      }
    }
  });
});

/** A schema, its dump by pg_dump, and the dump of a database restored from that. */
const dumpFiles = ['schema', 'once', 'twice'].map((name) => repositoryPath(`test/dumps/${name}.sql`));
const dumps = dumpFiles.map((path) => readFileSync(path, 'utf8'));
let ofFile: Record<string, string>;
beforeAll(() => {
  ofFile = generated('dump-file', dumpFiles[0] as string);
});

test('of SQL files and the dumps of their database, too', () => {
  expect(ofFile['/catalog.json']).toContain(`((v)::text = ANY (ARRAY['a'::text, 'b'::text]))`);
  for (const [index, path] of dumpFiles.slice(1).entries()) {
    expect(generated(`dump-file-${index}`, path)).toEqual(ofFile);
  }
});

test('of a catalog file, too', () => {
  const source = repositoryPath('test/cases/schemas/expected/catalog.json');
  const plain = generated('plain', source);
  expect(generated('danish', source, { LC_ALL: 'da_DK.UTF-8', TZ: 'Asia/Kathmandu' })).toEqual(plain);
  expect(generated('turkish', source, { LC_ALL: 'tr_TR.UTF-8', TZ: 'America/St_Johns' })).toEqual(plain);
});
