import type { Catalog } from '../catalog/catalog.js';
import { readCatalogFile } from '../catalog/catalog-file.js';
import { optional } from '../catalog/collections.js';
import { type Identities, readIdentities } from '../catalog/identity.js';
import type { Config, Source } from '../config/config.js';
import { narrowCatalog } from '../selection/narrow.js';
import { pluggedCatalog } from './plugins.js';
import { readDatabase } from './read-database.js';
import { openSession, type SourceOptions, shownPath } from './source.js';

/** A schema at one moment, for comparing it with another. Plain data: it can be kept while the database changes. */
export interface Snapshot {
  readonly catalog: Catalog;
  /**
   * With a live server only. An embedded database is made anew for each reading and numbers from the start, so that
   * equal numbers there mean nothing.
   */
  readonly identities?: Identities;
}

/** Reads a source as far as today's config fits it. */
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
