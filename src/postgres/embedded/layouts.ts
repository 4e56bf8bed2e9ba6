import { RowsmithError } from '../../errors.js';
import { compareCodePoints } from './code-points.js';

/**
 * A migration tool's layout of a folder: which of its files are up-migrations, and in which order the tool runs them.
 */
export interface Layout {
  /** The tool's name in messages. */
  readonly name: string;
  /**
   * Returns the up-migrations in the tool's order, or undefined if the folder has another layout. `files` are paths
   * below the folder, with forward slashes: every `.sql` file at any depth, and the files that mark a layout, such as
   * Drizzle's journal.
   */
  readonly order: (files: readonly string[], read: Read) => Promise<readonly string[] | undefined>;
}

type Read = (file: string) => Promise<string>;

/** The known layouts. The first that fits a folder is used; if none fits, files run in the order of their names. */
export const layouts: readonly Layout[] = [
  { name: 'Sqitch', order: sqitch },
  { name: 'Drizzle', order: drizzle },
  { name: 'Prisma', order: async (files) => folderEach(files, 'migration.sql') },
  { name: 'Diesel', order: async (files) => folderEach(files, 'up.sql')?.toSorted(byDieselVersion) },
  { name: 'Flyway', order: async (files) => flyway(files) },
  { name: 'golang-migrate or sqlx', order: async (files) => numbered(files) },
];

/** Whether a file is an undo migration of Flyway, which is skipped without a note. */
export const isUndo = (file: string): boolean => flywayFile(file)?.kind === 'U';

/** Whether a file that is not SQL identifies the layout. */
export function marksLayout(file: string): boolean {
  return /(^|\/)(meta\/_journal\.json|snapshot\.json|sqitch\.plan)$/.test(file);
}

/** Whether a file is a migration written as a program: its name is like that of a numbered migration. */
export function isProgramMigration(file: string): boolean {
  const name = file.split('/').at(-1) ?? '';
  const isProgram = /\.([cm]?[jt]s|go|java|kt|rb|py|php|cs|sh)$/i.test(name);
  return isProgram && /^(\d+[_-]|[VRB]\d*(?:[._]\d+)*__)/.test(name) && !/[._](d|test|spec)\.[^.]+$/.test(name);
}

const isSql = (file: string) => /\.sql$/i.test(file);

/**
 * Drizzle's layout: a journal lists the migrations in order. Since Drizzle 1, each migration has a folder with a
 * snapshot instead.
 */
async function drizzle(files: readonly string[], read: Read): Promise<readonly string[] | undefined> {
  if (files.includes('meta/_journal.json'))
    return journalEntries(await read('meta/_journal.json')).map((tag) => `${tag}.sql`);
  return files.some((file) => /^[^/]+\/snapshot\.json$/.test(file)) ? folderEach(files, 'migration.sql') : undefined;
}

function journalEntries(text: string): readonly string[] {
  try {
    const { entries } = JSON.parse(text) as { readonly entries: readonly { readonly tag: string }[] };
    return entries.map(({ tag }) => tag);
  } catch (cause) {
    throw new RowsmithError(
      'sql-failed',
      "Drizzle's meta/_journal.json cannot be read.",
      'It lists the migrations in order: restore it, or pass the .sql files in order.',
      { cause },
    );
  }
}

/** The layout with a folder per migration. Migrations run in the order of the folders' names. */
function folderEach(files: readonly string[], name: string): readonly string[] | undefined {
  const sql = files.filter(isSql);
  const found = sql.filter((file) => file.split('/').length === 2 && file.endsWith(`/${name}`));
  const folders = new Set(found.map((file) => file.split('/')[0]));
  const own = sql.filter((file) => file.includes('/') && folders.has(file.split('/')[0]));
  return isMost(own, sql) ? found : undefined;
}

/** Whether the found files are more than half of the folder's SQL files. */
const isMost = (found: readonly unknown[], sql: readonly unknown[]) => found.length > sql.length - found.length;

/** Diesel ignores dashes when it compares versions: `20170101000000_a` comes before `2017-09-23-182408_b`. */
function byDieselVersion(a: string, b: string): number {
  const version = (file: string) => (/^[^_/]*/.exec(file)?.[0] ?? '').replaceAll('-', '');
  return compareCodePoints(version(a), version(b)) || compareCodePoints(a, b);
}

/**
 * Sqitch's layout: its plan lists the changes in order, https://sqitch.org/docs/manual/sqitchchanges/. A change that
 * occurs again later in the plan was reworked; its earlier version is in the file named after the next tag.
 */
async function sqitch(files: readonly string[], read: Read): Promise<readonly string[] | undefined> {
  if (!files.includes('sqitch.plan')) return undefined;
  const lines = (await read('sqitch.plan')).split('\n').map((line) => line.replace(/#.*/, '').trim());
  const entries = lines.filter((line) => line !== '' && !line.startsWith('%')).map((line) => line.split(/\s/)[0] ?? '');
  return entries.flatMap((entry, index) => {
    if (entry.startsWith('@')) return [];
    const isReworked = entries.includes(entry, index + 1);
    const tag = isReworked ? entries.slice(index).find((later) => later.startsWith('@')) : undefined;
    return [`deploy/${entry}${tag ?? ''}.sql`];
  });
}

interface FlywayFile {
  readonly file: string;
  /** Versioned, baseline, undo, repeatable, or a callback, which runs around the others. */
  readonly kind: 'V' | 'B' | 'U' | 'R' | 'callback';
  readonly version: readonly bigint[];
  /** The text after the version. For a callback, the whole name, which begins with the event. */
  readonly description: string;
}

/**
 * The events at which `flyway migrate` runs callbacks, in order, before, between and after the migrations:
 * https://documentation.red-gate.com/fd/callbacks-275218509.html. Callbacks around each single migration are omitted,
 * because they only prepare its session.
 */
const callbacks = {
  first: ['beforeMigrate'],
  between: ['afterVersioned', 'beforeRepeatables'],
  last: ['afterMigrateApplied', 'afterMigrate'],
} as const;

/**
 * Flyway's layout, https://documentation.red-gate.com/flyway/flyway-concepts/migrations: versions are compared number
 * by number, regardless of folders; an empty database starts at the newest baseline; repeatable migrations come last,
 * by description. Callbacks run around them.
 */
function flyway(files: readonly string[]): readonly string[] | undefined {
  const found = files.filter(isSql).map(flywayFile);
  const known = found.filter((file) => file !== undefined);
  if (!isMost(known, found) || !known.some(({ kind }) => kind === 'V' || kind === 'B')) return undefined;
  const of = (wanted: FlywayFile['kind']) => known.filter(({ kind }) => kind === wanted);
  const baseline = of('B').sort(byVersion).at(-1);
  const versioned = of('V')
    .filter((file) => !baseline || byVersion(file, baseline) > 0)
    .sort(byVersion);
  const repeatable = of('R').sort(byDescription);
  const at = (events: readonly string[]) =>
    events.flatMap((event) =>
      of('callback')
        .filter((file) => eventOf(file) === event)
        .sort(byDescription),
    );
  const migrations = [...(baseline ? [baseline] : []), ...versioned];
  const { first, between, last } = callbacks;
  return [...at(first), ...migrations, ...at(between), ...repeatable, ...at(last)].map(({ file }) => file);
}

/** The event of a callback: `afterMigrate` for `afterMigrate__grants.sql`. */
const eventOf = ({ description }: FlywayFile) => description.replace(/(__.*)?\.sql$/, '');

const byDescription = (a: FlywayFile, b: FlywayFile) => compareCodePoints(a.description, b.description);

function flywayFile(file: string): FlywayFile | undefined {
  const name = file.split('/').at(-1) ?? '';
  const [, kind, version = '', description = ''] = /^(?:([VBU])(\d+(?:[._]\d+)*)|R)__(.+)\.sql$/i.exec(name) ?? [];
  if (description !== '') {
    const parts = version.split(/[._]/).filter(Boolean).map(BigInt);
    return { file, kind: (kind?.toUpperCase() ?? 'R') as FlywayFile['kind'], version: parts, description };
  }
  return /^(before|after)[A-Z]\w*\.sql$/.test(name)
    ? { file, kind: 'callback', version: [], description: name }
    : undefined;
}

function byVersion({ version: a }: FlywayFile, { version: b }: FlywayFile): number {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = (a[index] ?? 0n) - (b[index] ?? 0n);
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  return 0;
}

/**
 * The layout with numbered files, in numeric order (10 after 9): `7_add_users.sql`, `20240131120000_add_users.up.sql`.
 */
function numbered(files: readonly string[]): readonly string[] | undefined {
  const sql = files.filter(isSql);
  const found = sql.filter((file) => /^\d+[_-][^/]*$/.test(file));
  // Numbered folders would have to run between the files, which none of these tools does.
  if (sql.some((file) => /^\d+[_-][^/]*\//.test(file))) return undefined;
  return isMost(found, sql) ? found.sort(byNumber) : undefined;
}

function byNumber(a: string, b: string): number {
  const [first, second] = [numberOf(a), numberOf(b)];
  if (first !== second) return first < second ? -1 : 1;
  return compareCodePoints(a, b);
}

/** The number at the beginning of a file's name. It may exceed the range of a JavaScript number. */
function numberOf(file: string): bigint {
  return BigInt(/^\d+/.exec(file)?.[0] ?? 0);
}
