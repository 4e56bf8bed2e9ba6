import { readFile } from 'node:fs/promises';
import { RowsmithError } from '../errors.js';
import type { Catalog } from './catalog.js';
import { catalogVersion, fingerprint } from './serialize.js';
import { misshapen } from './shape.js';

const hint = 'Recreate it with: rowsmith generate --source <database or SQL files>';

/** Reads a `catalog.json` that an earlier run wrote. Refuses a file that does not match its fingerprint. */
export async function readCatalogFile(path: string): Promise<Catalog> {
  return parseCatalog(path, await readCatalogText(path));
}

/** Reads the text of a catalog file. */
export async function readCatalogText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new RowsmithError(
      'source-not-found',
      `The catalog file ${path} cannot be read: ${error.code ?? error.message}`,
      hint,
    );
  });
}

/** Parses the text of a catalog file. `path` is used only in messages. */
export function parseCatalog(path: string, text: string): Catalog {
  const document = parse(text);
  if (!isCatalogDocument(document)) {
    throw new RowsmithError('catalog-not-readable', `${path} is not a rowsmith catalog.`, hint);
  }
  const { version, fingerprint: written } = document;
  const catalog = catalogOf(document);
  if (version !== catalogVersion) {
    throw new RowsmithError(
      'catalog-not-readable',
      `${path} has format ${version}; this rowsmith reads format ${catalogVersion}.`,
      version > catalogVersion ? 'A newer rowsmith wrote it: update this one.' : hint,
    );
  }
  if (fingerprint(catalog) !== written) {
    throw new RowsmithError(
      'catalog-not-readable',
      `${path} was changed after it was written: its fingerprint does not match.`,
      hint,
    );
  }
  const place = misshapen(catalog);
  if (place !== undefined)
    throw new RowsmithError('catalog-not-readable', `${path} is not a rowsmith catalog: ${place} is not valid.`, hint);
  return catalog;
}

/** The catalog in a document, without the notice, version and fingerprint. */
export function catalogOf({
  generated: _notice,
  version: _version,
  fingerprint: _fingerprint,
  ...catalog
}: CatalogDocument): Catalog {
  return catalog;
}

/**
 * The document in `catalog.json`: a catalog, a notice that it is generated, the format's version and the fingerprint.
 */
export type CatalogDocument = Catalog & {
  readonly generated: string;
  readonly version: number;
  readonly fingerprint: string;
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isCatalogDocument(document: unknown): document is CatalogDocument {
  return (
    typeof document === 'object' &&
    document !== null &&
    'version' in document &&
    typeof document.version === 'number' &&
    'fingerprint' in document &&
    'relations' in document &&
    Array.isArray(document.relations)
  );
}
