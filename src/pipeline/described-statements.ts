import { describeEach } from '../catalog/infer/describe.js';
import { userSearchPath } from '../catalog/infer/search-path.js';
import { readTypes } from '../catalog/infer/type-row.js';
import { messageOf } from '../catalog/queries/parameter-types.js';
import { beginTransaction } from '../catalog/session-settings.js';
import type { DescribedStatement, StatementColumn } from '../drift/checks/statements.js';
import type { SqlLiteral } from '../drift/declared.js';
import type { DescribedColumn, Session } from '../postgres/session.js';
import { counting, type OnProgress } from '../progress.js';

/** How many statements are described before progress is told. */
const slice = 50;

/** A statement with the columns that the server described, whose types it says by their oids. */
interface RawStatement {
  readonly literal: SqlLiteral;
  readonly columns?: readonly DescribedColumn[];
  readonly error?: string;
}

/**
 * Describes statements: the columns that each would return, or why the schema refuses it. Each is parsed by itself, in
 * one transaction that is rolled back, and none is run.
 */
export async function describedStatements(
  session: Session,
  literals: readonly SqlLiteral[],
  onProgress: OnProgress,
): Promise<readonly DescribedStatement[]> {
  if (literals.length === 0) return [];
  const done = counting('statements', literals.length, onProgress);
  await session.query(`${beginTransaction(session)} savepoint rowsmith`);
  const raw: RawStatement[] = [];
  for (let from = 0; from < literals.length; from += slice) {
    for (const one of await describe(session, literals.slice(from, from + slice))) {
      raw.push(one);
      done();
    }
  }
  const described = await withTypes(session, raw);
  await session.query('rollback');
  return described;
}

async function describe(session: Session, literals: readonly SqlLiteral[]): Promise<readonly RawStatement[]> {
  const answers = await describeEach(
    literals.map(({ sql }) => withoutEnd(sql)),
    { session, searchPath: userSearchPath() },
  );
  return literals.map((literal, index): RawStatement => {
    const answer = answers[index];
    if (answer && 'error' in answer) return { literal, error: messageOf(answer.error) };
    // Of a statement that fills no model, only a refusal matters.
    return { literal, columns: literal.into === undefined ? [] : (answer?.columns ?? []) };
  });
}

/** The same with the types as the catalog describes them, and with what the tables say about their columns. */
async function withTypes(session: Session, raw: readonly RawStatement[]): Promise<readonly DescribedStatement[]> {
  const columns = raw.flatMap((one) => one.columns ?? []);
  const types = [...(await readTypes(session, columns))];
  const facts = await columnsOfTables(session, columns);
  return raw.map(({ columns: own, ...one }) =>
    own === undefined
      ? one
      : {
          ...one,
          columns: types.splice(0, own.length).map((type, index) => {
            const { name = '', table = 0, column = 0 } = own[index] ?? {};
            return { name, type, notNull: undefined, ...facts.get(`${table} ${column}`) };
          }),
        },
  );
}

type ColumnFacts = Pick<StatementColumn, 'notNull' | 'default'>;

/** What some tables say about their columns, by the oid of the table and their number; nothing of views. */
async function columnsOfTables(
  session: Session,
  columns: readonly DescribedColumn[],
): Promise<ReadonlyMap<string, ColumnFacts>> {
  const tables = [...new Set(columns.map(({ table }) => table))];
  const rows = await session.query<{ column: string; notnull: boolean; default: string | null }>(
    `select a.attrelid || ' ' || a.attnum as column, a.attnotnull as notnull,
      case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end as default
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where c.relkind not in ('v', 'm') and c.oid = any('{${tables.join(',')}}'::oid[])`,
  );
  return new Map(
    rows.map(({ column, notnull, default: byDefault }) => [
      column,
      { notNull: notnull, ...(byDefault === null ? {} : { default: byDefault }) },
    ]),
  );
}

/** A statement without the semicolon behind it. */
export const withoutEnd = (sql: string): string => sql.replace(/[;\s]+$/, '');
