import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { didYouMean, RowsmithError } from '../../errors.js';
import { wantsNoTransaction } from './file-transaction.js';
import { type FolderSql, holdsCode, sqlFilesIn } from './folder.js';
import { partsOf } from './includes.js';
import { refuseOtherThanSql } from './not-sql.js';
import { withVariables } from './psql-variables.js';
import { upSections } from './sections.js';
import { supabaseMigrations, supabasePrelude, supabaseSearchPath } from './supabase.js';
import { isSetToNoTransaction } from './transaction-settings.js';

/** A SQL file that has been read. */
export interface SqlFile {
  /** The path as the user gave it. For a file in a directory, its path joined to the directory's path as given. */
  readonly path: string;
  readonly text: string;
  /**
   * Whether it is a link that leads out of the given directory. Nobody knows whose file that is, so none of it is
   * quoted.
   */
  readonly isElsewhere?: true;
  /** Whether a tool runs it in a transaction of its own. */
  readonly inTransaction?: true;
  /** Whether it continues in the session of the previous file, as happens when one file includes another. */
  readonly continues?: true;
  /** Whether what it creates is not part of the schema. */
  readonly isStub?: true;
  /** The `search_path` that is set when it starts. */
  readonly searchPath?: string;
}

/** Options for reading SQL files. */
export interface ReadFilesOptions {
  /** Names of migrations that are programs and do not change the schema. */
  readonly allowMissing?: readonly string[];
  readonly searchPath?: string;
  /** psql variables. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Whether what the files create is not part of the schema. */
  readonly areStubs?: boolean;
  /** Whether to include a tool's own schemas in the output. */
  readonly ownSchemas?: boolean;
}

/**
 * Reads SQL files and directories in the given order. If a migration tool laid out a directory, its up-migrations are
 * read in that tool's order; otherwise all `.sql` files in and below it, in the order of their names (folder.ts). If a
 * file marks its up and down sections, only the up sections are read. `note` is called with what was skipped.
 */
export async function readSqlFiles(
  paths: readonly string[],
  note: (message: string) => void,
  options: ReadFilesOptions = {},
): Promise<readonly SqlFile[]> {
  const files: SqlFile[] = [];
  for (const given of paths) {
    const supabase = supabaseMigrations(given);
    if (supabase !== undefined)
      files.push({
        path: "Supabase's own schemas",
        text: supabasePrelude,
        ...(options.ownSchemas ? {} : { isStub: true as const }),
      });
    const searchPath = options.searchPath ?? (supabase === undefined ? undefined : supabaseSearchPath);
    const path = supabase ?? given;
    const listed = await listFiles(path, note);
    refusePrograms(listed.programs, options.allowMissing ?? []);
    const texts: string[] = [];
    for (const file of listed.files) texts.push(await readText(file));
    const own = ownTables[listed.layout ?? ''];
    if (own && isMissed(own.table, texts)) files.push({ path: own.path, text: own.text, isStub: true });
    for (const [position, file] of listed.files.entries()) {
      const text = texts[position] ?? '';
      const asked = {
        ...(searchPath === undefined ? {} : { searchPath }),
        ...(options.areStubs ? { isStub: true as const } : {}),
      };
      const written = { path: file, text: upSections(text)?.text ?? text };
      const root = listed.layout === undefined && file === path ? dirname(path) : path;
      const parts = await partsOf(written, root, readText);
      const asksForNone = wantsNoTransaction(text) || (await isSetToNoTransaction(listed.layout, file));
      const inTransaction = parts.length === 1 && isRunInTransaction(listed.layout) && !asksForNone;
      for (const [index, part] of parts.entries())
        files.push({
          path: part.path,
          text: withVariables(part.text, options.variables ?? {}),
          ...asked,
          ...(inTransaction ? { inTransaction } : {}),
          ...(index > 0 ? { continues: true as const } : {}),
          ...(part.path !== path && (await leadsOut(root, part.path)) ? { isElsewhere: true as const } : {}),
        });
    }
  }
  return files;
}

/** The tables in which tools record what has run. They create them first, so migrations may refer to them. */
const ownTables: Readonly<Record<string, Pick<SqlFile, 'path' | 'text'> & { readonly table: string }>> = {
  Diesel: {
    table: '__diesel_schema_migrations',
    path: "Diesel's own table",
    text: 'CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (version varchar(50) PRIMARY KEY, run_on timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP);',
  },
  'golang-migrate or sqlx': {
    table: '_sqlx_migrations',
    path: "sqlx's own table",
    text: 'CREATE TABLE IF NOT EXISTS _sqlx_migrations (version bigint PRIMARY KEY, description text NOT NULL, installed_on timestamptz NOT NULL DEFAULT now(), success boolean NOT NULL, checksum bytea NOT NULL, execution_time bigint NOT NULL);',
  },
};

/** Whether files name a table, and none creates it, as a first migration does that is a dump. */
function isMissed(table: string, texts: readonly string[]): boolean {
  const creates = new RegExp(`\\bcreate\\s+table\\s[^;(]*${table}`, 'i');
  return texts.some((text) => text.includes(table)) && !texts.some((text) => creates.test(text));
}

/** Sqitch and psql run a file as it is. Other tools begin a transaction. */
const isRunInTransaction = (layout: string | undefined) => layout !== undefined && layout !== 'Sqitch';

/** Describes a folder for the user: the tool that laid it out and the number of its up-migrations. */
export async function describeFolder(path: string): Promise<{ readonly tool?: string; readonly count: number }> {
  const { layout, files } = await sqlFilesIn(path, readText);
  const [first] = files;
  if (layout === undefined || first === undefined) return { count: files.length };
  // Tools with marked sections number their files in the same way as tools without them.
  return { count: files.length, tool: upSections(await readText(first))?.tool ?? layout };
}

async function listFiles(path: string, note: (message: string) => void): Promise<Omit<FolderSql, 'leftOut'>> {
  const stats = await stat(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw notFound(`There is no SQL file or directory ${path}.`, await nearName(path));
    throw unreadable(path, error);
  });
  if (!stats.isDirectory()) {
    refuseOtherThanSql(path);
    return { files: [path], programs: [] };
  }
  const { leftOut, ...found } = await sqlFilesIn(path, readText).catch((error: NodeJS.ErrnoException) => {
    throw error instanceof RowsmithError ? error : unreadable(path, error);
  });
  if (found.files.length === 0)
    throw notFound(
      `The directory ${path} contains no .sql files.`,
      (await holdsCode(path)) ? programs(path) : undefined,
    );
  leftOut.forEach((message) => note(message));
  return found;
}

/** A hint with the most similar name in the folder of a path that does not exist. */
async function nearName(path: string): Promise<string | undefined> {
  const names = await readdir(dirname(path)).catch(() => []);
  return didYouMean(
    path,
    names.map((name) => join(dirname(path), name)),
  );
}

async function leadsOut(folder: string, file: string): Promise<boolean> {
  return /^\.\.(?:[\\/]|$)/.test(relative(await realpath(folder), await realpath(file)));
}

async function readText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error);
  });
  const format = otherFormats.find(({ magic }) => bytes.subarray(0, magic.length).equals(magic));
  if (format) throw new RowsmithError('sql-failed', `${path} is not plain SQL: ${format.is}`, format.hint);
  // Postgres reads a message only up to its first NUL, so the rest of a statement would silently be lost.
  if (bytes.includes(0)) throw new RowsmithError('sql-failed', `${path} is not plain SQL: it contains a NUL byte.`);
  return withLineFeeds(decode(path, bytes));
}

/**
 * Restores the line ends of a text in which a checkout replaced all of them by CRLF, because Postgres would store those
 * in comments and literals. A text that also has other line ends, such as a dump of texts from Windows, is kept
 * unchanged.
 */
function withLineFeeds(text: string): string {
  return /(?<!\r)\n/.test(text) ? text : text.replaceAll('\r\n', '\n');
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

/** Formats that are often passed instead of SQL, by their first bytes. */
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

/** Refuses migrations that are programs: without them, the schema would silently be wrong. */
function refusePrograms(programs: readonly string[], allowed: readonly string[]): void {
  const nameOf = (path: string) => basename(path);
  const refused = programs.filter((path) => !allowed.includes(nameOf(path)) && !allowed.includes(path));
  const [first] = refused;
  if (first === undefined) return;
  const others = refused.length > 1 ? `, and so are ${refused.slice(1).map(nameOf).join(', ')}` : '';
  throw new RowsmithError(
    'sql-not-supported',
    `${first} is a migration written as a program${others}, which cannot be read as SQL.`,
    `Generate from a database that it has migrated. If it does not change the schema: source: { sql: …, allowMissing: [${refused.map((path) => `'${nameOf(path)}'`).join(', ')}] }.`,
  );
}

const programs = (path: string) =>
  `Its migrations are programs, which cannot be read. Those of Kysely and Knex run if the config says so: source: { migrations: '${path}', tool: 'kysely' }; for others migrate a database, and give its URL as the source.`;

function notFound(message: string, hint = "Check the path in the config's source, or after --source."): RowsmithError {
  return new RowsmithError('source-not-found', message, hint);
}

function unreadable(path: string, error: NodeJS.ErrnoException): RowsmithError {
  const message = `${path} cannot be read: ${error.code ?? error.message}`;
  return new RowsmithError('source-not-found', message, 'Check that it is a readable file or directory.', {
    cause: error,
  });
}
