import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareCodePoints } from './code-points.js';
import { isDownMigration, layouts, marksLayout } from './layouts.js';

/** The SQL of a folder, in the order in which it runs. */
export interface FolderSql {
  readonly files: readonly string[];
  /** The tool that laid the folder out, where one did. */
  readonly layout?: string;
  /** Messages about files that the tool would not run. Down-migrations are not worth one. */
  readonly leftOut: readonly string[];
}

/**
 * Finds the SQL files of a folder, in the order in which they run. A folder that a migration tool laid out has that
 * tool's order. Any other has the order of its names, by code point, so that it is the same on every machine, and each
 * folder in it is looked at in turn.
 */
export async function sqlFilesIn(folder: string, read: (path: string) => Promise<string>): Promise<FolderSql> {
  const below = await listBelow(folder);
  const found = await recognise(below, (file) => read(join(folder, file)));
  if (found) {
    const { layout, files } = found;
    return { files: files.map((file) => join(folder, file)), layout, leftOut: leftOut(folder, layout, below, files) };
  }
  const parts: FolderSql[] = [];
  for (const name of new Set(below.filter(isSql).map((file) => file.split('/')[0] ?? ''))) {
    const path = join(folder, name);
    parts.push(below.includes(name) ? { files: [path], leftOut: [] } : await sqlFilesIn(path, read));
  }
  return { files: parts.flatMap(({ files }) => files), leftOut: parts.flatMap((part) => part.leftOut) };
}

/** The layout of a folder with these files, and the files that its tool runs, in the tool's order. */
async function recognise(below: readonly string[], read: (file: string) => Promise<string>) {
  for (const { name, order } of layouts) {
    const files = await order(below, read);
    if (files) return { layout: name, files };
  }
  return undefined;
}

/** Whether a folder holds migrations that are programs: those can only be run, and not read as SQL. */
export async function holdsCode(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.some((entry) => entry.isFile() && /\.([cm]?[jt]s|rb|py|go|java)$/.test(entry.name));
}

const isSql = (file: string) => /\.sql$/i.test(file);

function leftOut(
  folder: string,
  layout: string,
  below: readonly string[],
  files: readonly string[],
): readonly string[] {
  const others = below.filter((file) => isSql(file) && !files.includes(file) && !isDownMigration(file));
  return others.map((file) => `${join(folder, file)} left out: ${layout} would not run it on an empty database`);
}

/**
 * The files below a folder that count here, as paths with forward slashes. Hidden entries, packages and links to
 * directories, which may run in circles, are left out.
 */
async function listBelow(folder: string, prefix = ''): Promise<string[]> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true });
  const visible = entries.filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  const files: string[] = [];
  for (const entry of visible.sort((a, b) => compareCodePoints(a.name, b.name))) {
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) files.push(...(await listBelow(folder, `${path}/`)));
    else if ((isSql(path) || marksLayout(path)) && (entry.isFile() || (await isFileLink(join(folder, path)))))
      files.push(path);
  }
  return files;
}

async function isFileLink(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
