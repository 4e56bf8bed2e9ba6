/** What a role, a database or a server is set to, and its locale, changes neither the output nor the fingerprint. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type DisposablePostgres, startPostgres } from '../../scripts/postgres.js';
import { readDatabaseFingerprint as databaseFingerprint } from '../../src/catalog/database-fingerprint.js';
import { check, type Source } from '../../src/index.js';
import { scratchFolder } from '../catalog/scratch.js';
import { otherwise, printedFields, printedSchema } from '../support/otherwise.js';
import { type FreshDatabase, freshDatabase, POSTGRES_VERSIONS, serverUrl } from '../support/postgres.js';

const models = { things: { computed: printedFields } };

/** Everything that a run writes, and tells. */
async function output(source: Source) {
  const notes: string[] = [];
  const { catalog, files } = await check({
    config: { source, models, include: ['*.*'] },
    onNote: (note) => notes.push(note),
  });
  return { catalog, files: files.map(({ path, digest }) => [path, digest]), notes };
}

async function run(url: string, ...statements: readonly string[]): Promise<pg.QueryResult> {
  const client = new pg.Client(url);
  await client.connect();
  let last: pg.QueryResult | undefined;
  try {
    for (const sql of statements) last = await client.query(sql);
  } finally {
    await client.end();
  }
  return last as pg.QueryResult;
}

/** The last of a setting counts. */
const together = Object.fromEntries(otherwise);
const assignment = ([name, value]: readonly [string, string]) =>
  `${name} = ${name === 'search_path' ? value : pg.escapeLiteral(value)}`;
const { write } = scratchFolder();

let expected: Awaited<ReturnType<typeof output>>;
beforeAll(async () => {
  expected = await output({ sql: write('plain/schema.sql', printedSchema) });
});

/**
 * A folder with a locale that prints money otherwise than C, for the servers of this file; undefined where the machine
 * cannot make it.
 */
const locales = mkdtempSync(join(tmpdir(), 'rowsmith-locales-'));
chmodSync(locales, 0o755);
const hasLocale = spawnSync('localedef', ['-i', 'de_DE', '-f', 'UTF-8', join(locales, 'de_DE.UTF-8')]).status === 0;
if (!hasLocale) process.stderr.write('Without localedef, and the source of de_DE, money is printed as in C alone.\n');
afterAll(() => rmSync(locales, { recursive: true }));

describe.each(POSTGRES_VERSIONS)('on PostgreSQL %s', (version) => {
  const role = `otherwise_${version}_${process.pid}`;
  let database: FreshDatabase;
  let asRole: string;
  beforeAll(async () => {
    database = await freshDatabase(version, `${printedSchema} create role ${role} login superuser;`);
    asRole = Object.assign(new URL(database.url), { username: role }).href;
  });
  afterAll(async () => {
    await database?.drop();
    await run(await serverUrl(version), `drop role ${role}`);
  });

  test('each setting of a role', async () => {
    const fingerprint = await databaseFingerprint(asRole);
    for (const [name, value] of otherwise) {
      await run(database.url, `alter role ${role} set ${assignment([name, value])}`);
      expect({ name, value, ...(await output({ url: asRole })) }).toEqual({ name, value, ...expected });
      expect({ name, value, fingerprint: await databaseFingerprint(asRole) }).toEqual({ name, value, fingerprint });
      await run(database.url, `alter role ${role} reset all`);
    }
  });

  test('all settings of a database', async () => {
    const name = new URL(database.url).pathname.slice(1);
    const fingerprint = await databaseFingerprint(database.url);
    await run(
      database.url,
      ...Object.entries(together).map((setting) => `alter database ${name} set ${assignment(setting)}`),
    );
    expect(await output({ url: database.url })).toEqual(expected);
    expect(await databaseFingerprint(database.url)).toBe(fingerprint);
    await run(database.url, `alter database ${name} reset all`);
  });

  test('every switch and every choice that a role may have otherwise', async () => {
    // A transaction's own are those of the next one, which has them in its BEGIN; one that is read-only proves less,
    // and says so.
    const { rows } = await run(
      database.url,
      `select * from (select name, case vartype when 'bool' then case setting when 'on' then 'off' else 'on' end else (select v from unnest(enumvals) v where v not in (setting, '') limit 1) end as value
       from pg_settings where context in ('user', 'superuser') and vartype in ('bool', 'enum') and name !~ '^transaction_|^default_transaction_read_only$') s where value is not null`,
    );
    expect(rows.length).toBeGreaterThan(80);
    await run(
      database.url,
      ...(rows as { name: string; value: string }[]).map(
        ({ name, value }) => `alter role ${role} set ${assignment([name, value])}`,
      ),
    );
    expect(await output({ url: asRole })).toEqual(expected);
    await run(database.url, `alter role ${role} reset all`);
  });

  test('a server that has all of them otherwise, and a Turkish locale', async () => {
    const server: DisposablePostgres = await startPostgres(version, {
      settings: { ...together, ...(hasLocale ? { lc_monetary: 'de_DE.UTF-8' } : {}) },
      environment: hasLocale ? { LOCPATH: locales } : {},
      locale: ['--locale=C', ...(Number(version) < 15 ? [] : ['--locale-provider=icu', '--icu-locale=tr'])],
    });
    try {
      const url = await server.createDatabase();
      // It is read by other settings than it is made with: only its own schema is the same.
      await run(url, "set standard_conforming_strings = on; set lc_monetary = 'C'", printedSchema);
      if (hasLocale)
        expect((await run(url, `select '1'::money::text as money`)).rows).toEqual([
          { money: expect.stringMatching('€') },
        ]);
      expect(await output({ url })).toEqual(expected);
    } finally {
      await server.stop();
    }
  });
});

describe('on the embedded Postgres', () => {
  const set = Object.entries(together)
    .map((setting) => `set ${assignment(setting)};`)
    .join('\n');
  const ofRole = Object.entries(together)
    .map((setting) => `alter role postgres set ${assignment(setting)};`)
    .join('\n');
  const ofDatabase = Object.entries(together)
    .map((setting) => `alter database postgres set ${assignment(setting)};`)
    .join('\n');

  test('a file that sets them', async () => {
    expect(await output({ sql: [write('set/schema.sql', printedSchema), write('set/after.sql', set)] })).toEqual(
      expected,
    );
    expect(await output({ sql: write('set/both.sql', `${printedSchema}\n${set}`) })).toEqual(expected);
  });

  test('a file that sets them for the role, whether or not a later run starts on what an earlier one made', async () => {
    const files = [write('kept/settings.sql', ofRole), write('kept/schema.sql', printedSchema)];
    for (const text of ['', 'create schema more;', 'create schema again;']) {
      expect(await output({ sql: [...files, write('kept/last.sql', text)] })).toEqual(expected);
    }
  });

  test('a file that sets them for the database, which is left out with a note', async () => {
    const { notes, ...rest } = await output({
      sql: [write('database/settings.sql', ofDatabase), write('database/schema.sql', printedSchema)],
    });
    expect({ ...rest, notes: [] }).toEqual(expected);
    expect(notes).toHaveLength(Object.keys(together).length);
  });
});
