import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { packageFile } from '../../package-file.js';

/** An extension that comes in a package other than PGlite: the bundle of its files and facts about it. */
export interface ExtensionBundle {
  /** The real path of the bundle. */
  readonly path: string;
  /** The SHA-256 of its content, in base64. */
  readonly digest: string;
  /**
   * The package's name and version, and the version of PGlite that it says it is made for: an extension is compiled for
   * one version.
   */
  readonly madeFor?: { readonly name: string; readonly version: string; readonly pglite: string };
}

/** Bundles by the extension's name in CREATE EXTENSION. */
export type ExtensionBundles = ReadonlyMap<string, ExtensionBundle>;

/** Packages whose name does not follow from the extension's name. */
const otherNames: Readonly<Record<string, string>> = { vector: '@electric-sql/pglite-pgvector' };

/**
 * Extensions that have a package `@electric-sql/pglite-…`: https://www.npmjs.com/search?q=%40electric-sql%2Fpglite-.
 */
const known: ReadonlySet<string> = new Set([
  'vector',
  'postgis',
  'age',
  'pg_hashids',
  'pg_ivm',
  'pg_textsearch',
  'pg_uuidv7',
  'pgtap',
  'pgmq',
]);

/** The package of an extension, if a package is known. */
export function knownPackage(extension: string): string | undefined {
  return known.has(extension) ? packageName(extension) : undefined;
}

const packageName = (extension: string) => otherNames[extension] ?? `@electric-sql/pglite-${extension}`;

const created = /\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?"?([a-z0-9_-]+)"?/gi;

/** The extensions that texts may create. A match in a comment only causes a lookup of a package that is not needed. */
export function extensionsNamedIn(texts: Iterable<string>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const text of texts) for (const [, name = ''] of text.matchAll(created)) names.add(name.toLowerCase());
  return names;
}

/**
 * Finds the bundles of extensions that are installed as packages, in the user's project or next to rowsmith. `packages`
 * has the packages with other names. No code of a package runs here, and a name from SQL becomes part of a package name
 * only if it is plain.
 */
export function findExtensionBundles(
  names: Iterable<string>,
  packages: Readonly<Record<string, string>> = {},
): ExtensionBundles {
  const places = [join(process.cwd(), 'package.json'), realpathSync(packageFile('package.json'))];
  const found = new Map<string, ExtensionBundle>();
  for (const name of names) {
    if (!/^[a-z0-9_-]+$/.test(name)) continue;
    const folder = places
      .map((place) => folderOf(packages[name] ?? packageName(name), place))
      .find((at) => at !== undefined);
    const path = folder === undefined ? undefined : bundleIn(folder, name);
    if (path !== undefined && folder !== undefined)
      found.set(name, { path, digest: digestOf(path), ...madeFor(folder) });
  }
  return found;
}

/** The folder of an installed package. Its main file is located, but not loaded. */
function folderOf(name: string, from: string): string | undefined {
  try {
    let folder = dirname(realpathSync(createRequire(from).resolve(name)));
    while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
    return folder;
  } catch {
    return undefined;
  }
}

function madeFor(folder: string): Pick<ExtensionBundle, 'madeFor'> {
  const { name, version, peerDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly peerDependencies?: Readonly<Record<string, string>>;
  };
  const pglite = peerDependencies?.['@electric-sql/pglite'];
  return pglite === undefined ? {} : { madeFor: { name, version, pglite } };
}

/** The bundle in a package: `dist/<extension>.tar.gz`, or the only bundle there. */
function bundleIn(folder: string, extension: string): string | undefined {
  const dist = join(folder, 'dist');
  const bundles = existsSync(dist) ? readdirSync(dist).filter((file) => file.endsWith('.tar.gz')) : [];
  const own = bundles.find((file) => file === `${extension}.tar.gz`) ?? (bundles.length === 1 ? bundles[0] : undefined);
  return own === undefined ? undefined : join(dist, own);
}

export const digestOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('base64');
