import type { SourceText } from '../../declared.js';
import { groupBy } from '../../group.js';
import { crateFolder } from './crates.js';

/** Names of drivers for other databases than PostgreSQL: `SqlitePool`, `sqlx::MySql`, `rusqlite`. */
const other =
  /\b(?:(Sqlite|MySql|Mssql)(?:Pool\w*|Connect\w*|Row|Executor|Query\w*|Arguments|Value\w*|TypeInfo|Transaction)?|(rusqlite))\b/;
const postgres = /\b(?:Pg(?!Bouncer)[A-Z]\w*|Postgres\w*|tokio_postgres|postgres::)/;

/**
 * The other database that each file is for, by the file: `SQLite`. A file is where it names a driver for one, and none
 * for PostgreSQL; all of a crate are where that holds for the crate.
 */
export function otherDatabases(files: readonly SourceText[]): ReadonlyMap<string, string> {
  const crates = groupBy(files, ({ file }) => crateFolder(file));
  return new Map(
    [...crates.values()].flatMap((own) => {
      const ofAll = namedIn(own.map(({ text }) => text));
      return own.flatMap(({ file, text }) => {
        const found = ofAll ?? namedIn([text]);
        return found === undefined ? [] : [[file, found] as const];
      });
    }),
  );
}

function namedIn(texts: readonly string[]): string | undefined {
  if (texts.some((text) => postgres.test(text))) return undefined;
  for (const text of texts) {
    const [, type, crate] = other.exec(text) ?? [];
    if (crate !== undefined || type === 'Sqlite') return 'SQLite';
    if (type !== undefined) return type === 'MySql' ? 'MySQL' : 'SQL Server';
  }
  return undefined;
}
