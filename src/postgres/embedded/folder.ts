import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareCodePoints } from './code-points.js';
import { isProgramMigration, isUndo, layouts, marksLayout } from './layouts.js';
import { neverRun } from './left-out-files.js';

/** The SQL files of a folder, in the order in which they run. */
export interface FolderSql {
  readonly files: readonly string[];
  /** The tool that laid out the folder, if any. */
  readonly layout?: string;
  /** Messages about files that the tool would not run. Down-migrations are not mentioned. */
  readonly leftOut: readonly string[];
  /** Migrations among the files that are programs. */
  readonly programs: readonly string[];
}

/**
 * Finds the SQL files of a folder, in the order in which they run. If a migration tool laid out the folder, they are in
 * that tool's order. Otherwise they are in the order of their names by code point, which is the same on every machine,
 * and each subfolder is examined in turn.
 */
export async function sqlFilesIn(folder: string, read: (path: string) => Promise<string>): Promise<FolderSql> {
  const there = await listBelow(folder);
  const never = neverRun(there.filter(isSql));
  const below = there.filter((file) => !isProgramMigration(file) && !never.some((one) => one.file === file));
  const notes = never.flatMap(({ file, because }) =>
    because === undefined ? [] : [`${join(folder, file)} skipped: ${because}`],
  );
  const found = await recognise(below, (file) => read(join(folder, file)));
  if (!found) return plainFolder(folder, below, { notes, read, there });
  const { layout, files } = found;
  return {
    files: files.map((file) => join(folder, file)),
    layout,
    leftOut: [...notes, ...leftOut(folder, layout, below, files)],
    programs: programsIn(folder, there),
  };
}

interface Below {
  readonly notes: readonly string[];
  readonly read: (path: string) => Promise<string>;
  /** All files below the folder, including skipped ones. */
  readonly there: readonly string[];
}

/** The SQL files of a folder that no tool laid out, by name. Each subfolder may have been laid out by a tool. */
async function plainFolder(
  folder: string,
  below: readonly string[],
  { notes, read, there }: Below,
): Promise<FolderSql> {
  const parts: FolderSql[] = [];
  for (const name of new Set(below.filter(isSql).map((file) => file.split('/')[0] ?? ''))) {
    const path = join(folder, name);
    const file = { files: [path], leftOut: [], programs: [] };
    parts.push(below.includes(name) ? file : await sqlFilesIn(path, read));
  }
  const own = parts.some(({ programs }) => programs.length > 0) ? [] : programsIn(folder, there);
  return {
    files: parts.flatMap(({ files }) => files),
    leftOut: [
      ...notes.filter((note) => !parts.some((part) => part.leftOut.includes(note))),
      ...parts.flatMap((part) => part.leftOut),
    ],
    programs: [...own, ...parts.flatMap(({ programs }) => programs)],
  };
}

/** Programs that are in the same folder as SQL files and are numbered like migrations. */
function programsIn(folder: string, there: readonly string[]): readonly string[] {
  const places = new Set(there.filter(isSql).map((file) => file.split('/').slice(0, -1).join('/')));
  const beside = there.filter((file) => isProgramMigration(file) && places.has(file.split('/').slice(0, -1).join('/')));
  return beside.map((file) => join(folder, file));
}

/** The layout of a folder with these files, and the files that its tool runs, in the tool's order. */
async function recognise(below: readonly string[], read: (file: string) => Promise<string>) {
  for (const { name, order } of layouts) {
    const files = await order(below, read);
    if (files) return { layout: name, files };
  }
  return undefined;
}

/** Whether a folder contains programs, which may be migrations: those can only be run, not read as SQL. */
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
  const others = below.filter((file) => isSql(file) && !files.includes(file) && !isUndo(file));
  return others.map((file) => `${join(folder, file)} skipped: ${layout} would not run it on an empty database`);
}

/**
 * The files below a folder that are relevant here, as paths with forward slashes. Hidden entries and packages are
 * omitted, and so are links to directories, which may form cycles.
 */
async function listBelow(folder: string, prefix = ''): Promise<string[]> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true });
  const visible = entries.filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  const files: string[] = [];
  for (const entry of visible.sort((a, b) => compareCodePoints(a.name, b.name))) {
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) files.push(...(await listBelow(folder, `${path}/`)));
    else if (counts(path) && (entry.isFile() || (await isFileLink(join(folder, path))))) files.push(path);
  }
  return files;
}

const counts = (path: string) => isSql(path) || marksLayout(path) || isProgramMigration(path);

async function isFileLink(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
