import { describeEach } from '../catalog/infer/describe.js';
import { userSearchPath } from '../catalog/infer/search-path.js';
import { readTypes } from '../catalog/infer/type-row.js';
import { messageOf } from '../catalog/queries/parameter-types.js';
import { beginTransaction } from '../catalog/session-settings.js';
import type { DescribedStatement, StatementColumn } from '../drift/checks/statements.js';
import type { SqlLiteral } from '../drift/declared-statement.js';
import { mayGiveAll } from '../drift/readers/sql-literal.js';
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

function describe(session: Session, literals: readonly SqlLiteral[]): Promise<readonly RawStatement[]> {
  return answerAll(
    session,
    literals.map((literal) => ({ literal, text: withoutEnd(literal.sql) })),
    mostParts,
  );
}

/** Asks about statements, and again about templates without the part that the server does not take. */
async function answerAll(
  session: Session,
  asked: readonly Question[],
  parts: number,
): Promise<readonly RawStatement[]> {
  const answered = await answer(session, asked);
  const shorter = answered.map((one, index) => withoutPart(asked[index], one));
  const again = shorter.filter((question) => question !== undefined);
  if (again.length === 0 || parts === 0) return answered;
  const next = [...(await answerAll(session, again, parts - 1))];
  return answered.map((one, index) => (shorter[index] && next.shift()) ?? one);
}

/** Most parts of a template that are left out of it. */
const mostParts = 5;

/** A statement and the text by which the server is asked about it. */
interface Question {
  readonly literal: SqlLiteral;
  readonly text: string;
}

async function answer(session: Session, asked: readonly Question[]): Promise<readonly RawStatement[]> {
  const answers = await describeEach(
    asked.map(({ text }) => text),
    { session, searchPath: userSearchPath() },
  );
  return asked.map(({ literal }, index): RawStatement => {
    const given = answers[index];
    if (given && 'error' in given) return { literal, error: messageOf(given.error) };
    // Of a statement that fills no model, only a refusal matters.
    return { literal, columns: literal.into === undefined ? [] : (given?.columns ?? []) };
  });
}

/**
 * The text without a part that stands where no value can, such as a condition that may be there:
 * `WHERE id = 1 ${condition}`. A part could add to `SELECT *`, so such a statement is left alone.
 */
function withoutPart(question: Question | undefined, { literal, error }: RawStatement): Question | undefined {
  const [, part] = /^syntax error at or near "(\$\d+)"$/.exec(error ?? '') ?? [];
  if (!question || part === undefined || !literal.templated || mayGiveAll(question.text)) return undefined;
  const left = Number(part.slice(1));
  // The others are counted anew: PostgreSQL refuses a statement that has $1 and $3 alone.
  const text = question.text.replace(/\$(\d+)/g, (parameter, digits: string) => {
    const number = Number(digits);
    if (number === left) return ' ';
    return number > left ? `$${number - 1}` : parameter;
  });
  return { literal, text };
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

type ColumnFacts = Pick<StatementColumn, 'notNull' | 'default' | 'generated'>;

/** What some tables say about their columns, by the oid of the table and their number; nothing of views. */
async function columnsOfTables(
  session: Session,
  columns: readonly DescribedColumn[],
): Promise<ReadonlyMap<string, ColumnFacts>> {
  const tables = [...new Set(columns.map(({ table }) => table))];
  const rows = await session.query<{
    column: string;
    notnull: boolean;
    generated: string;
    expression: string | null;
  }>(
    `select a.attrelid || ' ' || a.attnum as column, a.attnotnull as notnull,
      a.attgenerated as generated, pg_get_expr(d.adbin, d.adrelid) as expression
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where c.relkind not in ('v', 'm') and c.oid = any('{${tables.join(',')}}'::oid[])`,
  );
  return new Map(
    rows.map(({ column, notnull, generated, expression }) => [
      column,
      { notNull: notnull, ...filledBy(generated, expression) },
    ]),
  );
}

function filledBy(generated: string, expression: string | null): Omit<ColumnFacts, 'notNull'> {
  if (generated !== '') return { generated: generated === 's' ? 'stored' : 'virtual' };
  return expression === null ? {} : { default: expression };
}

/** A statement without the semicolon behind it. */
export const withoutEnd = (sql: string): string => sql.replace(/[;\s]+$/, '');
