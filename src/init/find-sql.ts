import { readdir } from 'node:fs/promises';
import { join as joinNative } from 'node:path';
import { basename, dirname, join } from 'node:path/posix';
import { compareCodePoints } from '../postgres/embedded/code-points.js';
import { describeFolder } from '../postgres/embedded/files.js';
import { marksLayout } from '../postgres/embedded/layouts.js';
import { queryToolOf } from './query-files.js';

/** SQL that may be the schema: a file, or a folder of migrations. */
export interface SqlCandidate {
  /** The path of the file or folder, relative to the project, with forward slashes. */
  readonly path: string;
  /** The files, where there are several that belong together and no folder holds them alone. */
  readonly paths?: readonly string[];
  /** What it is, for people. */
  readonly what: string;
  /** Whether its layout or its name says that it is the schema. */
  readonly likely: boolean;
}

/** How deep to look. Flyway's migrations stand four folders down; hardly any stand much deeper. */
const depthLimit = 6;
/** Folders that are not looked into: those of build tools hold copies. */
const ignored: ReadonlySet<string> = new Set([
  'node_modules',
  'dist',
  'build',
  'out',
  'target',
  'vendor',
  'coverage',
  'generated',
]);
/** Paths of SQL that is seldom the schema, which comes last. */
const unlikely =
  /(^|\/)(__tests__|tests?|integrationTest|testFixtures|spec|fixtures?|examples?|docs?|seeds?)(\/|$)|(^|\/)seeds?\.sql$/i;

/** Names of files that say what the files are, the most telling first. */
const namedFiles: readonly { readonly name: RegExp; readonly what: string; readonly likely: boolean }[] = [
  { name: /^structure\.sql$/i, what: "Rails' structure.sql", likely: true },
  { name: /^schema\.sql$/i, what: 'a schema in SQL', likely: true },
  { name: /\.sql$/i, what: 'a SQL file', likely: false },
];

/**
 * Finds the SQL of a project that may be its schema, the likeliest first: migrations of a tool, then files by their
 * names. Files of queries are not.
 */
export async function findSql(project: string): Promise<readonly SqlCandidate[]> {
  const files: string[] = [];
  for (const file of await listSql(project)) if (!(await queryToolOf(project, file))) files.push(file);
  // Those of tests are no part of what a folder above both holds.
  const migrations = [
    ...(await findMigrations(
      project,
      files.filter((file) => !unlikely.test(file)),
    )),
    ...(await findMigrations(
      project,
      files.filter((file) => unlikely.test(file)),
    )),
  ];
  const others = files.filter((file) => /\.sql$/i.test(file) && !migrations.some(({ path }) => isWithin(file, path)));
  const named = namedFiles.flatMap(({ name, what, likely }, index) => {
    const earlier = namedFiles.slice(0, index);
    const fitting = others.filter(
      (file) => name.test(basename(file)) && !earlier.some((other) => other.name.test(basename(file))),
    );
    return (index < namedFiles.length - 1 ? fitting : foldersOf(fitting)).map((path) => ({
      path,
      what: path.endsWith('/') ? 'SQL files' : what,
      likely,
    }));
  });
  const found = [...migrations, ...named].map(({ path, what, likely }) => ({
    path: path.replace(/(.)\/$/, '$1'),
    what,
    likely: likely && !unlikely.test(path),
  }));
  const together = inOne(found);
  const isSeldom = ({ path }: SqlCandidate) => unlikely.test(path);
  return [...together.filter((candidate) => !isSeldom(candidate)), ...together.filter(isSeldom)];
}

/** The candidates, where several SQL files of the project's own folder are one candidate: it proposes them all. */
function inOne(found: readonly SqlCandidate[]): readonly SqlCandidate[] {
  const isLoose = ({ path, likely }: SqlCandidate) => !likely && !path.includes('/') && !unlikely.test(path);
  const loose = found.filter((candidate) => isLoose(candidate) && /\.sql$/i.test(candidate.path));
  const [first] = loose;
  if (first === undefined || loose.length === 1) return found;
  const paths = loose.map(({ path }) => path);
  const all = { path: paths.join(', '), paths, what: 'SQL files', likely: false };
  return found.flatMap((candidate) => {
    if (candidate === first) return [all];
    return loose.includes(candidate) ? [] : [candidate];
  });
}

/** Finds the folders that a migration tool laid out, none within another. */
async function findMigrations(project: string, files: readonly string[]): Promise<SqlCandidate[]> {
  const found: SqlCandidate[] = [];
  for (const folder of foldersAbove(files)) {
    if (found.some(({ path }) => isWithin(folder, path))) continue;
    const described = await describe(project, folder);
    if (described?.tool === undefined) continue;
    // Flyway looks into folders below: take the folder that holds all its files, not one above it.
    const [child, another] = new Set(
      files.filter((file) => isWithin(file, folder)).map((file) => childOf(folder, file)),
    );
    const lower =
      child !== undefined && another === undefined && !files.includes(child)
        ? await describe(project, child)
        : undefined;
    if (lower?.tool !== undefined) continue;
    const { tool, count } = described;
    found.push({ path: folder, what: `${count} ${count === 1 ? 'migration' : 'migrations'} of ${tool}`, likely: true });
  }
  return found;
}

/** Describes a folder. One that cannot be read is no candidate; if it is asked for by name, that is an error. */
async function describe(project: string, folder: string) {
  return describeFolder(joinNative(project, folder)).catch(() => undefined);
}

/** The folders that hold files, the highest first. The project itself counts only where SQL is directly in it. */
function foldersAbove(files: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const file of files) {
    for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) folders.add(folder);
    if (!file.includes('/')) folders.add('.');
  }
  const depth = (folder: string) => (folder === '.' ? 0 : folder.split('/').length);
  return [...folders].sort((a, b) => depth(a) - depth(b) || compareCodePoints(a, b));
}

/** The files, with a folder in place of several files in it; the folder's path ends with a slash. */
function foldersOf(files: readonly string[]): string[] {
  const folders = [...new Set(files.map(dirname))];
  return folders.flatMap((folder) => {
    const own = files.filter((file) => dirname(file) === folder);
    return own.length > 1 && folder !== '.' ? [`${folder}/`] : own;
  });
}

function isWithin(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}

function childOf(folder: string, file: string): string {
  const below = folder === '.' ? file : file.slice(folder.length + 1);
  return join(folder, below.split('/')[0] ?? '');
}

/** The SQL files of a project, and files that mark the layout of a migration tool. */
export async function listSql(project: string, folder = '', depth = 0): Promise<string[]> {
  const entries = await readdir(joinNative(project, folder), { withFileTypes: true }).catch(() => []);
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => compareCodePoints(a.name, b.name))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.name.startsWith('.') || ignored.has(entry.name)) continue;
    if (entry.isDirectory() && depth < depthLimit) files.push(...(await listSql(project, path, depth + 1)));
    else if (entry.isFile() && (/\.sql$/i.test(entry.name) || marksLayout(path))) files.push(path);
  }
  return files;
}
