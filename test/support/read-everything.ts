import type { Catalog } from '../../src/catalog/catalog.js';
import type { Config } from '../../src/index.js';
import { readDatabase } from '../../src/pipeline/read-database.js';
import type { Session } from '../../src/postgres/session.js';

/** What a database contains and a config requests. */
export async function readEverything(session: Session, config: Config = {}): Promise<Catalog> {
  const [reading] = await readDatabase(session, [config]);
  if (!reading) throw new Error('Nothing was read.');
  return reading.catalog;
}
