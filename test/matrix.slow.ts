import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type Opened, openServer } from '../scripts/matrix/drivers.js';
import { driverTables } from '../scripts/matrix/page.js';
import { openFor, type Profile, profiles, rowsmith, runMatrix } from '../scripts/matrix/run.js';
import { createMatrix } from '../scripts/matrix/schema.js';
import type { Seen } from '../scripts/matrix/seen.js';
import { createDatabase } from '../scripts/postgres.js';
import { isBuiltin } from '../src/model/driver/postgres-types.js';
import { POSTGRES_VERSIONS, serverUrl } from './support/postgres.js';
import { repositoryPath } from './support/repository.js';

/** What the driver of each profile returned and accepted, for the page about drivers. */
const gaveAndTook = new Map<string, readonly Seen[]>();

/**
 * For every type of `pg_type` that a column can have, whether it belongs to PostgreSQL or an extension or is declared:
 * what the real driver returns must fit the generated type, and what the type accepts must be stored. See
 * `scripts/matrix/`.
 */
async function wrongOf(opened: Opened, profile: Profile) {
  try {
    const { types, seen, checks, wrong } = await runMatrix(opened, rowsmith(profile), profile);
    gaveAndTook.set(profile.name, seen);
    expect(types).toBeGreaterThan(100);
    expect(checks.length).toBeGreaterThan(2000);
    return wrong.map(
      ({ check, why }) => `${check.type} ${check.form} ${check.kind}: ${check.lines.at(-1) ?? ''} ${why}`,
    );
  } finally {
    await opened.close();
  }
}

describe.each(profiles.filter(({ driver }) => driver !== 'pglite'))('driver $name', (profile) => {
  test.each(POSTGRES_VERSIONS)('reads and writes what the types say on PostgreSQL %s', async (version) => {
    const opened = await openFor(profile, async () => createDatabase(await serverUrl(version)));
    expect(await wrongOf(opened, profile)).toEqual([]);
  });
});

test.each(profiles.filter(({ driver }) => driver === 'pglite'))(
  'driver $name reads and writes what the types say',
  async (profile) => {
    expect(await wrongOf(await openFor(profile, async () => ''), profile)).toEqual([]);
  },
);

test.each(POSTGRES_VERSIONS)('every built-in type of PostgreSQL %s is in the list of types', async (version) => {
  const opened = await openServer(await createDatabase(await serverUrl(version)));
  try {
    const types = await createMatrix(opened.query);
    const missing = types.filter(({ name, builtin }) => builtin && !isBuiltin(name)).map(({ name }) => name);
    expect(missing).toEqual([]);
  } finally {
    await opened.close();
  }
});

/** Variants of a profile are omitted. `ROWSMITH_UPDATE_CASES=1` writes the tables. */
test('docs/drivers.md has the tables of what the drivers gave and took', () => {
  const names = profiles.map(({ name }) => name).filter((name) => !name.includes(','));
  const seen = names.map((name) => [name, gaveAndTook.get(name) ?? []] as const);
  const file = repositoryPath('docs/drivers.md');
  const [before = '', , after = ''] = readFileSync(file, 'utf8').split(
    /(?<=<!-- the matrix -->\n\n)|(?=\n<!-- end of the matrix -->)/,
  );
  const page = `${before}${driverTables(new Map(seen))}${after}`;
  if (process.env['ROWSMITH_UPDATE_CASES'] === '1') writeFileSync(file, page);
  expect(readFileSync(file, 'utf8')).toBe(page);
});
