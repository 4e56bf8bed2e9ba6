import { type TypeRow, typeColumns, typeOf } from '../catalog/infer/type-row.js';
import type { Config } from '../config/config.js';
import type { DescribedStatement } from '../drift/checks/statements.js';
import type { SqlLiteral } from '../drift/declared.js';
import { RowsmithError } from '../errors.js';
import type { DescribedColumn, Session } from '../postgres/session.js';
import { counting, type OnProgress } from '../progress.js';
import { openSession, sourceOf } from './source.js';

/**
 * Describes the statements that the code reads into models: which columns each would give, or why the schema refuses
 * it. Each is parsed alone and none is run. Undefined where a catalog is the source, which cannot parse a statement.
 */
export async function describedStatements(
  config: Config,
  folder: string,
  literals: readonly SqlLiteral[],
  onProgress: OnProgress,
): Promise<readonly DescribedStatement[] | undefined> {
  const source = sourceOf(config, folder);
  const statements = literals.filter(({ into, dynamic }) => into !== undefined && !dynamic);
  if (statements.length === 0) return [];
  if ('catalog' in source) return undefined;
  const session = await openSession(source, config, { folder, onNote: () => {}, onProgress });
  try {
    const described: DescribedStatement[] = [];
    const done = counting('statements', statements.length, onProgress);
    for (const literal of statements) {
      described.push(await describeOne(session, literal));
      done();
    }
    return described;
  } finally {
    await session.close();
  }
}

async function describeOne(session: Session, literal: SqlLiteral): Promise<DescribedStatement> {
  await session.query(`begin; ${session.limits()}`);
  try {
    const columns = await session.describe(literal.sql.replace(/[;\s]+$/, ''));
    return { literal, columns: await typed(session, columns) };
  } catch (error) {
    if (error instanceof RowsmithError) throw error;
    return { literal, error: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  } finally {
    await session.query('rollback');
  }
}

/** The columns of a result with their types as the catalog has them. */
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
