import type { Catalog } from '../catalog/catalog.js';
import { readCatalogFile } from '../catalog/catalog-file.js';
import { optional } from '../catalog/collections.js';
import { type Identities, readIdentities } from '../catalog/identity.js';
import type { Config, Source } from '../config/config.js';
import { narrowCatalog } from '../selection/narrow.js';
import { pluggedCatalog } from './plugins.js';
import { readDatabase } from './read-database.js';
import { openSession, type SourceOptions, shownPath } from './source.js';

/**
 * A snapshot of a schema, for comparing it with another. It is plain data, so it can be stored while the database
 * changes.
 *
 *     { catalog: { relations: [{ name: 'tasks', … }], … }, identities: { cluster: '7301…', relations: […] } }
 */
export interface Snapshot {
  readonly catalog: Catalog;
  /**
   * Object ids and column numbers, from a live server only. An embedded database is made anew for each reading and
   * starts to count from the beginning, so that equal numbers there mean nothing.
   */
  readonly identities?: Identities;
}

/** Takes a snapshot of a source, of the part that today's config fits. */
export async function readSnapshot(source: Source, config: Config, options: SourceOptions): Promise<Snapshot> {
  const taken = await takeSnapshot(source, config, options);
  return { ...taken, catalog: pluggedCatalog(taken.catalog, config) };
}

async function takeSnapshot(source: Source, config: Config, options: SourceOptions): Promise<Snapshot> {
  if ('catalog' in source) {
    options.onProgress?.({ stage: 'read' });
    const everything = await readCatalogFile(shownPath(options.folder, source.catalog));
    return { catalog: narrowCatalog(everything, config).catalog };
  }
  const session = await openSession(source, config, options);
  try {
    options.onProgress?.({ stage: 'read' });
    const [reading] = await readDatabase(session, [config], { note: options.onNote, lenient: true });
    const identities = 'url' in source ? await readIdentities(session) : undefined;
    return { catalog: reading?.catalog as Catalog, ...optional({ identities }) };
  } finally {
    await session.close();
  }
}
