import type { Catalog } from '../catalog/catalog.js';
import { readCatalogFile } from '../catalog/catalog-file.js';
import { optional } from '../catalog/collections.js';
import { type Identities, readIdentities } from '../catalog/identity.js';
import type { Config } from '../config/config.js';
import type { Source } from '../config/source.js';
import type { FailedQuery } from '../diff/side.js';
import { narrowCatalog } from '../selection/narrow.js';
import type { Known } from '../selection/refuse-idle.js';
import { pluggedCatalog } from './plugins.js';
import { queriesOf, readAllQueryFiles } from './query-files.js';
import { type DatabaseReading, readDatabase } from './read-database.js';
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
   * Object ids and column numbers, only from a live server. An embedded database is created for each reading and counts
   * from the beginning, so equal numbers mean nothing there.
   */
  readonly identities?: Identities;
  /** The queries of the config's SQL files that a database refuses. */
  readonly failedQueries?: readonly FailedQuery[];
}

/** A snapshot, and what the config can be compared with. */
export interface Taken {
  readonly snapshot: Snapshot;
  readonly known: Known;
}

/** Takes a snapshot of the part of a source that the current config fits. */
export async function readSnapshot(source: Source, config: Config, options: SourceOptions): Promise<Taken> {
  const { everything, isNarrowed, ...taken } = await take(source, config, options);
  const snapshot = { ...taken, catalog: pluggedCatalog(taken.catalog, config) };
  return { snapshot, known: { everything, catalog: snapshot.catalog, isNarrowed } };
}

async function take(source: Source, config: Config, options: SourceOptions): Promise<Snapshot & Known> {
  if ('catalog' in source) {
    options.onProgress?.({ stage: 'read' });
    const everything = await readCatalogFile(shownPath(options.folder, source.catalog));
    return { catalog: narrowCatalog(everything, config).catalog, everything, isNarrowed: true };
  }
  const queries = (await readAllQueryFiles([config], options.folder)).map(queriesOf);
  const session = await openSession(source, config, options);
  try {
    options.onProgress?.({ stage: 'read' });
    const [reading] = await readDatabase(session, [config], { note: options.onNote, lenient: true, queries });
    const identities = 'url' in source ? await readIdentities(session) : undefined;
    const { catalog, everything, isNarrowed, failedQueries } = reading as DatabaseReading;
    const failed = failedQueries.map((query) => ({ ...query, path: shownPath(options.folder, query.file) }));
    return { catalog, everything, isNarrowed, failedQueries: failed, ...optional({ identities }) };
  } finally {
    await session.close();
  }
}
