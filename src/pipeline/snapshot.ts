import type { Catalog, InferredExpression } from '../catalog/catalog.js';
import { readIdentities, type Identities } from '../catalog/identity.js';
import { introspect } from '../catalog/introspect.js';
import type { Session } from '../postgres/session.js';
import type { EmbeddedOptions } from '../postgres/embedded/embedded.js';
import { readCatalogFile } from '../catalog/catalog-file.js';
import type { Config, Source } from '../config/config.js';
import { RowsmithError } from '../errors.js';
import { narrowCatalog } from '../selection/narrow.js';
import { fitModels } from './fit-models.js';
import { pluggedCatalog } from './plugins.js';
import { openSession, shownPath, standIn, wantedExpressions } from './source.js';

/** A schema at one moment, for comparing it with another. Plain data: it can be kept while the database changes. */
export interface Snapshot {
  readonly catalog: Catalog;
  /**
   * With a live server only. An embedded database is made anew for each reading and numbers from the start, so that equal
   * numbers there mean nothing.
   */
  readonly identities?: Identities;
}

/** Reads a source as far as today's config fits it. */
export async function readSnapshot(source: Source, config: Config, folder: string, onNote: (message: string) => void, options: EmbeddedOptions = {}): Promise<Snapshot> {
  const taken = await takeSnapshot(source, config, folder, onNote, options);
  return { ...taken, catalog: pluggedCatalog(taken.catalog, config) };
}

async function takeSnapshot(source: Source, config: Config, folder: string, onNote: (message: string) => void, options: EmbeddedOptions): Promise<Snapshot> {
  if ('catalog' in source) {
    options.onProgress?.({ stage: 'read' });
    return { catalog: narrowCatalog(await readCatalogFile(shownPath(folder, source.catalog)), config).catalog };
  }
  const session = await openSession(source, config, folder, onNote, options);
  try {
    options.onProgress?.({ stage: 'read' });
    const catalog = await readCatalog(session, config, onNote);
    const identities = 'url' in source ? await readIdentities(session) : undefined;
    return { catalog, ...(identities ? { identities } : {}) };
  } finally {
    await session.close();
  }
}

type Expressions = ReturnType<typeof wantedExpressions>;

async function readCatalog(session: Session, config: Config, note: (message: string) => void): Promise<Catalog> {
  const read = (choose: (all: Expressions) => Expressions) =>
    introspect(session, {
      narrow: (everything) => {
        const { catalog, tenants } = narrowCatalog(everything, config);
        return { catalog, expressions: choose(wantedExpressions(catalog, fitModels(config.models, catalog))), ...standIn(tenants) };
      },
      note,
    });
  return (await unlessRefused(read((all) => all))) ?? (await withEachExpression(read));
}

/** A schema may lack what one expression needs: the others are still there. */
async function withEachExpression(read: (choose: (all: Expressions) => Expressions) => Promise<Catalog>): Promise<Catalog> {
  let wanted: Expressions = [];
  const catalog = await read((all) => {
    wanted = all;
    return [];
  });
  const expressions: InferredExpression[] = [];
  for (const index of wanted.keys()) {
    const one = await unlessRefused(read((all) => all.slice(index, index + 1)));
    expressions.push(...(one?.expressions ?? []));
  }
  return { ...catalog, expressions };
}

async function unlessRefused(reading: Promise<Catalog>): Promise<Catalog | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof RowsmithError && error.code === 'expression-failed') return undefined;
    throw error;
  }
}
