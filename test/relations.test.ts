import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import pg from 'pg';
import { quoteName } from '../src/catalog/sql.js';
import { buildSchema } from '../src/model/build.js';
import { openLive } from '../src/postgres/live/open-live.js';
import { quoteIdentifier } from '../src/postgres/quote-identifier.js';
import { freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';
import { readEverything } from './support/read-everything.js';
import { repositoryPath } from './support/repository.js';

/**
 * The relations of the case `relations`: the database is asked to run an INSERT and an UPDATE of every column, at least
 * until it says whether the column can be written. The generated types must say the same.
 */
const refusals =
  /cannot (insert|update|be (assigned|updated)|change)|can only be updated to DEFAULT|not automatically updatable|is not updatable|cannot be modified/i;

test.each(POSTGRES_VERSIONS)('columns are writable exactly where PostgreSQL %s writes them', async (version) => {
  const database = await freshDatabase(
    version,
    readFileSync(repositoryPath('test/cases/relations/schema.sql'), 'utf8'),
  );
  const client = new pg.Client(database.url);
  await client.connect();
  const session = await openLive(database.url);
  try {
    const catalog = await readEverything(session);
    const differences: string[] = [];
    let columns = 0;
    for (const { relation, stored, insertable } of buildSchema(catalog, {}).relations) {
      // The wrapper of the foreign table does nothing, so the database cannot be asked.
      if (relation.kind === 'foreign table') continue;
      for (const { column, insert, update } of stored) {
        columns++;
        const path = quoteName(relation);
        const name = quoteIdentifier(column);
        const inserts = await isAccepted(client, `INSERT INTO ${path} (${name}) VALUES (NULL)`);
        const updates = await isAccepted(client, `UPDATE ${path} SET ${name} = NULL`);
        if (inserts !== (insertable && insert !== undefined))
          differences.push(`${path}.${name}: insert ${String(inserts)}`);
        if (updates !== (update !== undefined)) differences.push(`${path}.${name}: update ${String(updates)}`);
      }
    }
    expect(differences).toEqual([]);
    expect(columns).toBeGreaterThan(30);
  } finally {
    await session.close();
    await client.end();
    await database.drop();
  }
});

/** A constraint may still refuse the NULL. What counts is whether the column can be written. */
async function isAccepted(client: pg.Client, statement: string): Promise<boolean> {
  await client.query('BEGIN');
  try {
    await client.query(statement);
    return true;
  } catch (error) {
    return !(error instanceof pg.DatabaseError && refusals.test(error.message));
  } finally {
    await client.query('ROLLBACK');
  }
}
