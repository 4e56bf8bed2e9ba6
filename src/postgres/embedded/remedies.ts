import { bookkeepingTables } from '../bookkeeping.js';
import { quoteIdentifier } from '../quote-identifier.js';
import type { PostgresError } from './messages.js';
import type { Statement } from './script.js';

/**
 * A remedy for a statement that failed, but would have succeeded where the script was created: run other statements
 * and repeat it, or skip it.
 */
export type Remedy =
  | { readonly kind: 'prepare'; readonly statements: readonly string[]; readonly note?: string }
  | { readonly kind: 'pass over'; readonly note?: string };

interface Rule {
  /** SQLSTATEs: https://www.postgresql.org/docs/current/errcodes-appendix.html. */
  readonly codes: readonly string[];
  /** Pattern for the error's message or detail. Its first group is the name of the missing object. */
  readonly says: RegExp;
  /** Pattern for the start of the statement, if it matters. */
  readonly starts?: RegExp;
  readonly remedy: (name: string) => Remedy;
}

const passOver = (): Remedy => ({ kind: 'pass over' });

const ofTools = [...bookkeepingTables].join('|');

const rules: readonly Rule[] = [
  {
    // Owners and grantees are not part of a schema. SUPERUSER is for scripts that continue as the role (SET ROLE).
    codes: ['42704', '22023'],
    says: /^role "([\s\S]+)" does not exist$/,
    remedy: (name) => ({ kind: 'prepare', statements: [`CREATE ROLE ${quoteIdentifier(name)} NOLOGIN SUPERUSER`] }),
  },
  {
    codes: ['42704', '22023'],
    says: /^tablespace "([\s\S]+)" does not exist\.?$/i,
    remedy: (name) => ({
      kind: 'prepare',
      statements: ['SET allow_in_place_tablespaces = on', `CREATE TABLESPACE ${quoteIdentifier(name)} LOCATION ''`],
    }),
  },
  {
    // Collations of the operating system and of ICU. The embedded server has none of them, and does not need to sort by
    // them here.
    codes: ['42704'],
    says: /^collation "(?:pg_catalog\.)?([a-z]{2,3}(?:[_-][^"\s]*)?|C\.[^"\s]+)" for encoding "UTF8" does not exist$/i,
    remedy: (name) => ({
      kind: 'prepare',
      statements: [`CREATE COLLATION pg_catalog.${quoteIdentifier(name)} FROM pg_catalog."C"`],
      note: `the collation "${name}" is not in the embedded Postgres; "C" is used in its place`,
    }),
  },
  {
    // Drizzle runs all pending files in one transaction. On a new database that creates the type, too, whose new values
    // need no commit then.
    codes: ['55P04'],
    says: /^unsafe use of new value "([\s\S]+)" of enum type /,
    remedy: () => ({ kind: 'prepare', statements: ['COMMIT', 'BEGIN'] }),
  },
  { codes: ['42P06'], says: /^schema "public" already exists$/, remedy: passOver },
  { codes: ['42710'], says: /^role "[\s\S]+" already exists$/, starts: /^create (role|user|group) /, remedy: passOver },
  // Dumps of servers before 9.0 create the language, those of servers before 14 the extension.
  { codes: ['42710'], says: /^(extension|language) "plpgsql" already exists$/, remedy: passOver },
  {
    codes: ['42704'],
    says: /^unrecognized configuration parameter "([\s\S]+)"$/,
    starts: /^set /,
    remedy: (name) => ({ kind: 'pass over', note: `SET ${name} skipped: Postgres 18 has no such parameter` }),
  },
  {
    codes: ['0A000'],
    says: /^extension "([\s\S]+)" is not available$/,
    starts: /^do\b/,
    remedy: (name) => ({
      kind: 'pass over',
      note: `the extension "${name}" is not in the embedded Postgres; this DO block was skipped`,
    }),
  },
  {
    // What secures or reads such a table does nothing to the schema; a view of it would.
    codes: ['42P01'],
    says: new RegExp(`^relation "(?:\\w+\\.)?(${ofTools})" does not exist$`),
    starts: new RegExp(
      `^(alter table (if exists )?(only )?(\\S+ ?\\. ?)?(${ofTools}) |comment on|create (unique )?index|create policy|insert|delete|update|(grant|revoke) [^,]* on [^,]* (to|from) )`,
    ),
    remedy: (name) => ({
      kind: 'pass over',
      note: `this statement about ${name} was skipped: a migration tool makes that table`,
    }),
  },
  {
    // How TimescaleDB stores a table is no part of its shape, except that it makes the column of the time NOT NULL.
    codes: ['42883'],
    says: /^function (?:\w+\.)?(create_(?:distributed_)?hypertable|add_dimension|by_(?:range|hash)|set_chunk_time_interval|add_(?:retention|compression|columnstore|reorder)_policy)\(.*\) does not exist$/,
    starts: /^select /,
    remedy: (name) => ({
      kind: 'pass over',
      note: `${name} skipped: TimescaleDB is not in the embedded Postgres (it makes a hypertable's time NOT NULL)`,
    }),
  },
  {
    codes: ['22023'],
    says: /^unrecognized parameter namespace "(timescaledb)"$/,
    starts: /^alter table /,
    remedy: () => ({
      kind: 'pass over',
      note: 'parameters of TimescaleDB skipped: it is not in the embedded Postgres',
    }),
  },
  {
    codes: ['3D000'],
    says: /^database "([\s\S]+)" does not exist$/,
    starts: /^(grant|revoke|comment) /,
    remedy: (name) => ({
      kind: 'pass over',
      note: `privileges on the database "${name}" skipped: every file is loaded into the same database`,
    }),
  },
];

/** The remedy for a statement's error; undefined if none is known. */
export function remedyFor(error: PostgresError, statement: Statement): Remedy | undefined {
  const start = statement.leading.join(' ');
  for (const { codes, says, starts, remedy } of rules) {
    if (!codes.includes(error.code ?? '') || starts?.test(start) === false) continue;
    const match = says.exec(error.message) ?? says.exec(error.detail ?? '');
    if (match) return remedy(match[1] ?? '');
  }
  return undefined;
}
