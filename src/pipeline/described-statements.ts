import { type TypeRow, typeColumns, typeOf } from '../catalog/infer/type-row.js';
import type { DescribedStatement } from '../drift/checks/statements.js';
import type { SqlLiteral } from '../drift/declared.js';
import type { DescribedColumn, Session } from '../postgres/session.js';
import { counting, type OnProgress } from '../progress.js';
import { databaseMessage, withoutEnd } from './queries.js';

/** Whether the code reads a statement into a model, or has a compiler check it, and its whole text is known. */
export const isAsked = ({ into, checked, dynamic }: SqlLiteral): boolean =>
  (into !== undefined || checked === true) && !dynamic;

/**
 * Describes statements: the columns that each would return, or why the schema refuses it. Each is parsed separately and
 * none is run.
 */
export async function describedStatements(
  session: Session,
  literals: readonly SqlLiteral[],
  onProgress: OnProgress,
): Promise<readonly DescribedStatement[]> {
  if (literals.length === 0) return [];
  const described: DescribedStatement[] = [];
  const done = counting('statements', literals.length, onProgress);
  for (const literal of literals) {
    described.push(await describeOne(session, literal));
    done();
  }
  return described;
}

async function describeOne(session: Session, literal: SqlLiteral): Promise<DescribedStatement> {
  await session.query(`begin; ${session.limits()}`);
  try {
    const { described, error } = await session.describe([withoutEnd(literal.sql)]);
    if (error !== undefined) return { literal, error: databaseMessage(error) };
    // Of a statement that fills no model, only a refusal matters.
    return { literal, columns: literal.into === undefined ? [] : await typed(session, described[0]?.columns ?? []) };
  } catch (error) {
    return { literal, error: databaseMessage(error) };
  } finally {
    await session.query('rollback');
  }
}

/** The columns of a result, with their types as the catalog describes them. */
async function typed(session: Session, columns: readonly DescribedColumn[]) {
  if (columns.length === 0) return [];
  const rows = await session.query<TypeRow & { readonly notnull: boolean | null }>(
    columns
      .map(
        ({ type, modifier, table, column }) => `select ${typeColumns(String(type), String(modifier))},
    (select a.attnotnull from pg_attribute a where a.attrelid = ${table} and a.attnum = ${column}) as notnull`,
      )
      .join(' union all '),
  );
  return columns.flatMap(({ name }, index) => {
    const row = rows[index];
    return row ? [{ name, type: typeOf(row), notNull: row.notnull ?? undefined }] : [];
  });
}
