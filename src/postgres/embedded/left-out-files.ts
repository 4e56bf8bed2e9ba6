/** A file of a folder that is not run, and the reason, according to its name. */
export interface LeftOutFile {
  readonly file: string;
  /** Absent if no message is needed, as for down-migrations. */
  readonly because?: string;
}

/**
 * The files of a folder that never run, whatever its layout: those that undo other files, and those for another
 * database.
 */
export function neverRun(files: readonly string[]): readonly LeftOutFile[] {
  const all = new Set(files.map((file) => file.toLowerCase()));
  return files.flatMap((file): LeftOutFile[] => {
    if (goesDown(file, all)) return [{ file }];
    const dialect = otherDialect(file);
    if (dialect !== undefined) return [{ file, because: `it is for ${dialect}` }];
    return hasOwnVersion(file, all) ? [{ file, because: 'another file is its PostgreSQL version' }] : [];
  });
}

const undo = 'down|rollback|revert|undo';
const folderOf = {
  down: 'up',
  downs: 'ups',
  rollback: 'deploy',
  revert: 'deploy',
  undo: 'do',
  verify: 'deploy',
} as const;

/**
 * Whether a file undoes another: by its suffix, `1_a.down.sql`, or by its folder, `revert/a.sql`. A suffix that may be
 * part of the name, as in `1_write_down.sql`, counts only if the file that it undoes exists.
 */
export function goesDown(file: string, all: ReadonlySet<string>): boolean {
  const name = file.toLowerCase();
  if (new RegExp(`(^|[./])(${undo})\\.sql$`).test(name)) return true;
  const [, base = '', separator = ''] = new RegExp(`^(.*)([_-])(?:${undo})\\.sql$`).exec(name) ?? [];
  if (base !== '' && [`${base}.sql`, `${base}${separator}up.sql`].some((other) => all.has(other))) return true;
  const folders = name.split('/').slice(0, -1);
  return folders.some((folder, depth) => {
    const up = Object.hasOwn(folderOf, folder) ? folderOf[folder as keyof typeof folderOf] : undefined;
    const start = [...folders.slice(0, depth), up, ''].join('/');
    return up !== undefined && [...all].some((other) => other.startsWith(start));
  });
}

const dialects: { readonly [word: string]: string } = {
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  sqlite: 'SQLite',
  sqlite3: 'SQLite',
  mssql: 'SQL Server',
  sqlserver: 'SQL Server',
  oracle: 'Oracle',
  cockroach: 'CockroachDB',
  clickhouse: 'ClickHouse',
  h2: 'H2',
};

/** The database that a file is for, if a part of its name between dots names a database other than PostgreSQL. */
function otherDialect(file: string): string | undefined {
  const words = (file.split('/').at(-1) ?? '').toLowerCase().split('.').slice(1, -1);
  const found = words.find((word) => Object.hasOwn(dialects, word));
  return found === undefined ? undefined : dialects[found];
}

/** Whether a file is a generic version of which a PostgreSQL version exists: `1_a.up.sql` and `1_a.postgres.up.sql`. */
function hasOwnVersion(file: string, all: ReadonlySet<string>): boolean {
  const [, base = '', rest = ''] = /^(.*?)((?:\.up)?\.sql)$/i.exec(file.toLowerCase()) ?? [];
  return ['postgres', 'postgresql', 'pg'].some((word) => all.has(`${base}.${word}${rest}`));
}
