import type { Catalog } from '../catalog/catalog.js';
import { parseCatalog, readCatalogText } from '../catalog/catalog-file.js';
import type { SqlText } from '../catalog/queries/query-text.js';
import type { ReadQueries } from '../catalog/queries/read-queries.js';
import type { Config } from '../config/config.js';
import type { ResolvedModels } from '../model/resolve.js';
import { narrowForConfig, type Selection } from '../selection/narrow.js';
import { pluggedCatalog } from './plugins.js';
import { knownQueries, queriesOf, readAllQueryFiles } from './query-files.js';
import { readDatabase } from './read-database.js';
import { openSession, refuseMisspelt, type SourceOptions, shownPath, sourceOf } from './source.js';

/**
 * The result of reading a source for one config: the part of its catalog that the config selects, as changed by the
 * plugins.
 */
export interface SourceReading extends Selection {
  /**
   * The config's `models`, resolved against the catalog; absent if no database was read, or a plugin changed the
   * catalog.
   */
  readonly resolved?: ResolvedModels;
  /** The fingerprint of a live database, if it was requested and the server provides one. */
  readonly fingerprint?: string;
}

export interface ReadOptions extends SourceOptions {
  /** Whether to read the fingerprint of a live database too. */
  readonly identify?: boolean;
  /** The query files of each config, if they have already been read. */
  readonly queries?: readonly (readonly SqlText[])[] | undefined;
}

/** Reads the catalog that the config selects, from any kind of source. */
export async function readSource(config: Config, options: SourceOptions): Promise<SourceReading> {
  return (await readSourceOnce([config], options))[0] as SourceReading;
}

type Readings = readonly SourceReading[];

/** Reads the source that the configs share, and narrows it to what each of them selects. */
export async function readSourceOnce(configs: readonly Config[], options: ReadOptions): Promise<Readings> {
  return (await readUnplugged(configs, options)).map(plugged);
}

async function readUnplugged(configs: readonly Config[], options: ReadOptions): Promise<Readings> {
  const { identify = false, queries: _read, ...opening } = options;
  const [config = {}] = configs;
  const source = sourceOf(config, options.folder);
  const files = options.queries ?? (await readAllQueryFiles(configs, options.folder));
  const queries = files.map(queriesOf);
  refuseMisspelt(source, options.folder);
  if ('catalog' in source) {
    options.onProgress?.({ stage: 'read' });
    const path = shownPath(options.folder, source.catalog);
    const text = options.text && 'catalog' in options.text ? options.text.catalog : await readCatalogText(path);
    const everything = parseCatalog(path, text);
    return configs.map((asked, index) => narrowForConfig(withQueries(everything, queries[index]), asked, true));
  }
  const session = await openSession(source, config, opening);
  try {
    options.onProgress?.({ stage: 'read' });
    return await readDatabase(session, configs, {
      note: options.onNote,
      identify: identify && 'url' in source,
      queries,
    });
  } finally {
    await session.close();
  }
}

/** A catalog file's content with those of its queries that the config's files have. */
function withQueries({ queries: known = [], ...schema }: Catalog, asked: ReadQueries | undefined): Catalog {
  const queries = asked ? knownQueries(asked, known) : [];
  return queries.length === 0 ? schema : { ...schema, queries };
}

function plugged(reading: SourceReading): SourceReading {
  const { resolved, ...others } = reading;
  const catalog = pluggedCatalog(reading.catalog, reading.config);
  return catalog === reading.catalog ? reading : { ...others, catalog };
}
