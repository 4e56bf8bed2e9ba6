import { describe, expect, test } from '@jest/globals';
import { type Opened, openPg, openPglite } from '../scripts/matrix/drivers.js';
import { type Profile, profiles, rowsmith, runMatrix } from '../scripts/matrix/run.js';
import { createMatrix } from '../scripts/matrix/schema.js';
import { createDatabase } from '../scripts/postgres.js';
import { isBuiltin } from '../src/model/driver/postgres-types.js';
import { POSTGRES_VERSIONS, serverUrl } from './support/postgres.js';

/**
 * Every type of `pg_type` that can be a column, of PostgreSQL's own, of extensions and declared: what the real driver
 * gives must fit the generated type and what the type accepts must be stored. See `scripts/matrix/`.
 */
async function wrongOf(opened: Opened, profile: Profile) {
  try {
    const { types, checks, wrong } = await runMatrix(opened, rowsmith(profile), profile);
    expect(types).toBeGreaterThan(100);
    expect(checks.length).toBeGreaterThan(2000);
    return wrong.map(
      ({ check, why }) => `${check.type} ${check.form} ${check.kind}: ${check.lines.at(-1) ?? ''} ${why}`,
    );
  } finally {
    await opened.close();
  }
}

describe.each(profiles.filter(({ name }) => name !== 'pglite'))('driver $name', (profile) => {
  test.each(POSTGRES_VERSIONS)('reads and writes what the types say on PostgreSQL %s', async (version) => {
    expect(await wrongOf(await openPg(await createDatabase(await serverUrl(version))), profile)).toEqual([]);
  });
});

test.each(profiles.filter(({ name }) => name === 'pglite'))(
  'driver $name reads and writes what the types say',
  async (profile) => {
    expect(await wrongOf(await openPglite(), profile)).toEqual([]);
  },
);

test.each(POSTGRES_VERSIONS)('every built-in type of PostgreSQL %s is in the list of types', async (version) => {
  const opened = await openPg(await createDatabase(await serverUrl(version)));
  try {
    const types = await createMatrix(opened.query);
    const missing = types.filter(({ name, builtin }) => builtin && !isBuiltin(name)).map(({ name }) => name);
    expect(missing).toEqual([]);
  } finally {
    await opened.close();
  }
});
