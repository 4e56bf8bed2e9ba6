import { createHash, type Hash } from 'node:crypto';
import { type BigIntStats, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where a schema may come from. */
export type SourceKind = 'database' | 'sql' | 'catalog';

interface Package {
  readonly name: string;
  /** The files and folders of it that are loaded; if absent, all of them, and all packages that it depends on. */
  readonly parts?: readonly string[];
}

/** The package that renders every output. */
const renderer: Package = { name: 'handlebars', parts: ['package.json', 'runtime.js', 'lib', 'dist/cjs'] };

/**
 * The packages that take part in making an output, by the kind of source. Configs are evaluated in every run, so jiti,
 * which may load them, is not included.
 */
const packages: Readonly<Record<SourceKind, readonly Package[]>> = {
  database: [renderer, { name: 'pg' }],
  sql: [renderer, { name: '@electric-sql/pglite' }],
  catalog: [renderer],
};

/**
 * Digest of the running program: of rowsmith's own files and the packages that it uses, each by its inode data, so that
 * a file edited in place is noticed; of Node, and of the options that it was started with. Of the 260 ms of processor
 * time for 13 tables of a live database, reading the files took 65 ms; reading their inodes takes 20 ms. Undefined if
 * the files do not prove what is running: one was touched since the process started, a package is not in its usual
 * place, rowsmith is bundled into another program, or Node was told to load something before it.
 */
export function toolDigest(source: SourceKind): string | undefined {
  try {
    return digestOfFiles(source);
  } catch {
    // Something is being installed, or cannot be read.
    return undefined;
  }
}

function digestOfFiles(source: SourceKind): string | undefined {
  const own = packageAbove(fileURLToPath(import.meta.url));
  const options = nodeOptions();
  if (own?.name !== 'rowsmith' || !options.every(isHarmless)) return undefined;
  const { version, platform, arch } = process;
  const hash = createHash('sha256').update(JSON.stringify([version, platform, arch, options]));
  const known = new Set<string>();
  const isTold =
    ['package.json', 'dist', 'templates'].every((part) => addFiles(hash, join(own.folder, part))) &&
    packages[source].every((wanted) => addPackage(hash, wanted, own.folder, known));
  return isTold ? hash.digest('hex') : undefined;
}

/** The options that Node was started with. */
function nodeOptions(): readonly string[] {
  const inherited = (process.env['NODE_OPTIONS'] ?? '').split(/\s+/).filter((option) => option !== '');
  return [...process.execArgv, ...inherited];
}

/**
 * Whether an option of Node loads no code: memory limits, warnings, profiling. Any other may, including `--import` and
 * Node's config file.
 */
const isHarmless = (option: string) => /^--(max-|disable-warning=|no-warnings$|cpu-prof)/.test(option);

/**
 * Adds a package and its dependencies, as Node resolves them from the folder that imports it. False if one cannot be
 * identified.
 */
function addPackage(hash: Hash, { name, parts }: Package, from: string, known: Set<string>): boolean {
  const folder = findPackage(name, from);
  if (folder === undefined) return false;
  if (known.has(folder)) return true;
  known.add(folder);
  if (parts) return parts.every((part) => addFiles(hash, join(folder, part)));
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly dependencies?: object };
  const dependencies = Object.keys(manifest.dependencies ?? {});
  return addFiles(hash, folder) && dependencies.every((needed) => addPackage(hash, { name: needed }, folder, known));
}

/**
 * Adds a file, or all files below a folder; false if one was touched. Files that only compilers and debuggers read are
 * skipped.
 */
function addFiles(hash: Hash, path: string): boolean {
  for (const file of filesBelow(path)) {
    if (/\.(d\.[cm]?ts|map|md)$/.test(file)) continue;
    const stats = statSync(file, { bigint: true });
    if (isTouched(stats)) return false;
    const { dev, ino, size, mtimeNs, ctimeNs } = stats;
    hash.update(`${file} ${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}\n`);
  }
  return true;
}

/**
 * Milliseconds within which two changes may have the same time. Some file systems count in steps of two seconds, so a
 * file that was just touched may be touched again without a new time.
 */
const grain = 3000;

/** The time, in milliseconds, since when this process may have loaded its files. */
const started = BigInt(Math.floor(Date.now() - 1000 * process.uptime() - grain));

/** Whether a file may differ from the one that this process loaded, or is about to load. */
const isTouched = ({ mtimeMs, ctimeMs }: BigIntStats) => mtimeMs > started || ctimeMs > started;

/** The files at and below a path. Links are followed, because packages may be links into a store. */
function filesBelow(path: string): string[] {
  return statSync(path).isDirectory() ? filesIn(path) : [path];
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== 'node_modules');
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

function packageAbove(path: string): { readonly folder: string; readonly name: unknown } | undefined {
  for (const folder of foldersFrom(dirname(path))) {
    const manifest = join(folder, 'package.json');
    if (!isThere(manifest)) continue;
    const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly name?: unknown };
    return { folder, name };
  }
  return undefined;
}

function findPackage(name: string, from: string): string | undefined {
  const places = foldersFrom(from).map((folder) => join(folder, 'node_modules', name));
  const found = places.find((folder) => isThere(join(folder, 'package.json')));
  return found === undefined ? undefined : realpathSync(found);
}

/** A folder and all its ancestors. */
function foldersFrom(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersFrom(above)];
}

const isThere = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined;
