import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, statSync, type BigIntStats } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where a schema may come from. */
export type SourceKind = 'database' | 'sql' | 'catalog';

/** The package that reads a source. Configs, which jiti may load, are evaluated in every run. */
const reader: Readonly<Record<SourceKind, string | undefined>> = { database: 'pg', sql: '@electric-sql/pglite', catalog: undefined };

/** It renders every output. What it depends on is of its command line. */
const renderer = 'handlebars';

/**
 * Digest of the very program that runs: rowsmith's own files by their content, so that one edited in place is seen;
 * the packages it works with, which hold megabytes, by what their inodes say of every file; Node, and how it was
 * called. Undefined where the files do not tell what runs: one was touched since the process began, a package is not
 * where packages stand, rowsmith is bundled into another program, or Node was told to load something before it.
 */
export function toolDigest(source: SourceKind): string | undefined {
  const own = packageAbove(fileURLToPath(import.meta.url));
  if (own?.name !== 'rowsmith' || !nodeOptions().every(isHarmless)) return undefined;
  const hash = createHash('sha256').update(JSON.stringify([process.version, process.platform, process.arch, nodeOptions()]));
  const packages = [renderer, reader[source]].filter((name) => name !== undefined);
  const isTold = addOwnFiles(hash, own.folder) && packages.every((name) => addPackage(hash, name, own.folder, new Set()));
  return isTold ? hash.digest('hex') : undefined;
}

/** The options that Node was started with. */
const nodeOptions = () => [...process.execArgv, ...(process.env['NODE_OPTIONS'] ?? '').split(/\s+/).filter((option) => option !== '')];

/**
 * Options that load no code: memory, warnings, a profile. Any other may, `--import` and a config file of Node's among
 * them.
 */
const isHarmless = (option: string) => /^--(max-|disable-warning=|no-warnings$|cpu-prof)/.test(option);

/** Everything that was built, and the templates, but for what only compilers and debuggers read. */
function addOwnFiles(hash: Hash, root: string): boolean {
  const paths = ['dist', 'templates'].flatMap((folder) => filesBelow(join(root, folder))).filter((path) => !/\.(d\.ts|map)$/.test(path));
  for (const path of [join(root, 'package.json'), ...paths]) {
    if (isTouched(statSync(path, { bigint: true }))) return false;
    const content = readFileSync(path);
    hash.update(`${path.slice(root.length)} ${content.length}\n`).update(content);
  }
  return paths.length > 0;
}

/** A package and all that it depends on, as Node finds them from the folder that imports it. */
function addPackage(hash: Hash, name: string, from: string, known: Set<string>): boolean {
  const folder = findPackage(name, from);
  if (folder === undefined) return false;
  if (known.has(folder)) return true;
  known.add(folder);
  for (const path of filesBelow(folder)) {
    const stats = statSync(path, { bigint: true });
    if (isTouched(stats)) return false;
    const { dev, ino, size, mtimeNs, ctimeNs } = stats;
    hash.update(`${path} ${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}\n`);
  }
  if (name === renderer) return true;
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly dependencies?: object };
  return Object.keys(dependencies).every((dependency) => addPackage(hash, dependency, folder, known));
}

/**
 * File systems count in steps of up to two seconds: what was touched shortly before may have been touched again
 * without another time.
 */
const grain = 3000;

/** Since then this process may have loaded its files. */
const started = BigInt(Math.floor(Date.now() - 1000 * process.uptime() - grain));

/** Whether a file may be another than the one that this process loaded, or is about to load. */
const isTouched = ({ mtimeMs, ctimeMs }: BigIntStats) => mtimeMs > started || ctimeMs > started;

/** Links are followed: packages may be links into a store. */
function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== 'node_modules');
  return entries.flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));
}

function packageAbove(path: string): { readonly folder: string; readonly name: unknown } | undefined {
  for (const folder of foldersFrom(dirname(path))) {
    const manifest = join(folder, 'package.json');
    if (isThere(manifest)) return { folder, name: (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly name?: unknown }).name };
  }
  return undefined;
}

function findPackage(name: string, from: string): string | undefined {
  const found = foldersFrom(from).map((folder) => join(folder, 'node_modules', name)).find((folder) => isThere(join(folder, 'package.json')));
  return found === undefined ? undefined : realpathSync(found);
}

/** A folder and all above it. */
function foldersFrom(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersFrom(above)];
}

const isThere = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined;
