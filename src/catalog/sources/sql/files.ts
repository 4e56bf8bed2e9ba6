import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RowsmithError } from '../../../errors.js';

export interface SqlFile {
  /** As the user gave it; below a directory, joined to what the user gave. */
  readonly path: string;
  readonly text: string;
}

/**
 * Reads SQL files and directories, in the order given. A directory means every `.sql` file in it and below it, since
 * migration tools keep one folder per migration (`migrations/20240101_init/migration.sql`); files and folders are taken
 * together in the order of their names, by code point, so that the order is the same on every machine. Hidden entries and
 * links to directories (they may run in circles) are left out.
 */
export async function readSqlFiles(paths: readonly string[]): Promise<readonly SqlFile[]> {
  const files: SqlFile[] = [];
  for (const path of paths) {
    for (const file of await listFiles(path)) files.push({ path: file, text: await readText(file) });
  }
  return files;
}

async function listFiles(path: string): Promise<readonly string[]> {
  const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw notFound(`There is no SQL file or directory ${path}.`);
    throw unreadable(path, error);
  });
  if (!stats.isDirectory()) return [path];
  const files = await listDirectory(path);
  if (files.length === 0) throw notFound(`The directory ${path} has no .sql file.`);
  return files;
}

async function listDirectory(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(directory, error);
  });
  const visible = entries.filter(({ name }) => !name.startsWith('.'));
  const files: string[] = [];
  for (const entry of visible.sort((a, b) => compareCodePoints(a.name, b.name))) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) files.push(...(await listDirectory(path)));
    else if (/\.sql$/i.test(entry.name) && (entry.isFile() || (await isFileLink(path)))) files.push(path);
  }
  return files;
}

async function isFileLink(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

/** The order of UTF-8 bytes, which is that of code points; JavaScript compares UTF-16 units. */
function compareCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

async function readText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error);
  });
  const format = otherFormats.find(({ magic }) => bytes.subarray(0, magic.length).equals(magic));
  if (format) throw new RowsmithError('sql-failed', `${path} is no plain SQL: ${format.is}`, format.hint);
  // Postgres takes a message up to its first NUL: the rest of a statement would be lost in silence.
  if (bytes.includes(0)) throw new RowsmithError('sql-failed', `${path} is no plain SQL: it contains a NUL byte.`);
  return decode(path, bytes);
}

function decode(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const [problem, hint] =
      (error as NodeJS.ErrnoException).code === 'ERR_STRING_TOO_LONG'
        ? ['is too large to be read.', 'Leave the data out: pg_dump --schema-only.']
        : ['is not UTF-8.', 'Convert it to UTF-8, or dump it again: pg_dump --encoding=UTF8.'];
    throw new RowsmithError('sql-failed', `${path} ${problem}`, hint, { cause: error });
  }
}

/** Dumps that are often given in place of SQL, by the bytes they start with. */
const otherFormats = [
  {
    magic: Buffer.from('PGDMP'),
    is: "it is a dump in pg_dump's custom format.",
    hint: 'Dump it again with --format=plain, or convert it: pg_restore --schema-only --file=schema.sql <dump>.',
  },
  {
    magic: Buffer.from([0xff, 0xfe]),
    is: 'it is UTF-16.',
    hint: "PowerShell's > writes that; let pg_dump write the file itself: pg_dump --file=schema.sql.",
  },
  { magic: Buffer.from([0x1f, 0x8b]), is: 'it is compressed.', hint: 'Unpack it first: gunzip.' },
] as const;

function notFound(message: string): RowsmithError {
  return new RowsmithError('source-not-found', message, "Check the path in the config's source, or after --source.");
}

function unreadable(path: string, error: NodeJS.ErrnoException): RowsmithError {
  const message = `${path} cannot be read: ${error.code ?? error.message}`;
  return new RowsmithError('source-not-found', message, 'Check that it is a file or directory that you may read.', { cause: error });
}
