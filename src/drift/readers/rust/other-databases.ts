import type { SourceText } from '../../declared.js';
import { groupBy } from '../../group.js';
import { crateFolder } from './crates.js';

/** Names of drivers for other databases than PostgreSQL: `SqlitePool`, `sqlx::MySql`, `rusqlite`. */
const other =
  /\b(?:(Sqlite|MySql|Mssql)(?:Pool\w*|Connect\w*|Row|Executor|Query\w*|Arguments|Value\w*|TypeInfo|Transaction)?|(rusqlite))\b/;
const postgres = /\b(?:Pg(?!Bouncer)[A-Z]\w*|Postgres\w*|tokio_postgres|postgres::)/;

/**
 * The files that are for another database, and its name: `SQLite`. Such a file names a driver for that database and
 * none for PostgreSQL. If that is true of a crate as a whole, it is true of all its files.
 */
export function otherDatabases(files: readonly SourceText[]): ReadonlyMap<string, string> {
  const crates = groupBy(files, ({ file }) => crateFolder(file));
  return new Map(
    [...crates.values()].flatMap((own) => {
      const ofAll = databaseNamedIn(own.map(({ text }) => text));
      return own.flatMap(({ file, text }) => {
        const found = ofAll ?? databaseNamedIn([text]);
        return found === undefined ? [] : [[file, found] as const];
      });
    }),
  );
}

/** The other database whose driver texts name, where they name none for PostgreSQL. */
export function databaseNamedIn(texts: readonly string[]): string | undefined {
  if (texts.some((text) => postgres.test(text))) return undefined;
  for (const text of texts) {
    const [, type, crate] = other.exec(text) ?? [];
    if (crate !== undefined || type === 'Sqlite') return 'SQLite';
    if (type !== undefined) return type === 'MySql' ? 'MySQL' : 'SQL Server';
  }
  return undefined;
}
