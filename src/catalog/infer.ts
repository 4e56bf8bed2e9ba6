import { RowsmithError } from '../errors.js';
import type { InferredExpression, QualifiedName } from './catalog.js';
import { groupBy, optional } from './collections.js';
import type { Session } from './session.js';
import { quoteIdentifier, quoteName } from './sql.js';

/** A SQL expression over one row of a relation, which it calls `t`. */
export interface Expression {
  readonly relation: QualifiedName;
  readonly field: string;
  readonly sql: string;
}

/**
 * Asks the database for the type of each expression: a temporary view selects it from its relation, and
 * `pg_attribute` tells what Postgres makes of it. Runs in the caller's transaction, which is rolled back.
 */
export async function inferExpressions(session: Session, expressions: readonly Expression[]): Promise<InferredExpression[]> {
  const views = [...groupBy(expressions, ({ relation }) => quoteName(relation)).values()];
  try {
    const rows = await session.query<InferredRow>(
      `savepoint rowsmith; set local search_path to default; ${views.map(createView).join('; ')}; set local search_path = ''; ${readViews}`,
    );
    return views.flatMap((fields, view) => fields.map((field, index) => toInferred(field, rows, view, index)));
  } catch (error) {
    await session.query('rollback to savepoint rowsmith');
    throw (await findCulprit(session, expressions)) ?? error;
  }
}

const viewName = (index: number) => `pg_temp.rowsmith_infer_${index}`;

/** The whole row `t` is selected too: an aggregate, which would make one row of the relation, is refused beside it. */
function createView(expressions: readonly Expression[], index: number): string {
  const fields = expressions.map(({ sql }, field) => `(${sql}\n) as ${quoteIdentifier(`f${field}`)}`);
  const [first] = expressions;
  if (!first) throw new Error('A view needs an expression.');
  return `create temporary view ${viewName(index)} as select ${fields.join(', ')}, t as "row" from ${quoteName(first.relation)} as t`;
}

interface InferredRow {
  readonly view: string;
  readonly field: string;
  readonly schema: string;
  readonly name: string;
  readonly array: boolean;
  readonly modifier: number | null;
  readonly sql: string;
}

const readViews = `
select c.relname as view, a.attname as field, n.nspname as schema, coalesce(e.typname, t.typname) as name, e.oid is not null as array,
  nullif(a.atttypmod, -1) as modifier, format_type(a.atttypid, a.atttypmod) as sql
from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
  left join pg_type e on e.oid = t.typelem and e.typarray = t.oid
  join pg_namespace n on n.oid = coalesce(e.typnamespace, t.typnamespace)
where c.relnamespace = pg_my_temp_schema() and c.relname like 'rowsmith\\_infer\\_%' and a.attnum > 0`;

function toInferred(expression: Expression, rows: readonly InferredRow[], view: number, index: number): InferredExpression {
  const row = rows.find((candidate) => candidate.view === `rowsmith_infer_${view}` && candidate.field === `f${index}`);
  if (!row) throw new Error(`No type was inferred for ${expression.field}.`);
  return {
    ...expression,
    type: {
      ...(row.schema === 'pg_catalog' ? {} : { schema: row.schema }),
      name: row.name,
      ...(row.array ? { dimensions: 1 } : {}),
      ...optional({ modifier: row.modifier }),
      sql: row.sql,
    },
    // Nothing is proven about the expression's nulls, so it may be null.
    notNull: false,
  };
}

/** The first expression that Postgres refuses by itself, as the error to show. */
async function findCulprit(session: Session, expressions: readonly Expression[]): Promise<RowsmithError | undefined> {
  for (const expression of expressions) {
    try {
      await session.query(`savepoint rowsmith; set local search_path to default; ${createView([expression], 0)}; rollback to savepoint rowsmith`);
    } catch (error) {
      await session.query('rollback to savepoint rowsmith');
      const { relation, field, sql } = expression;
      const reason = error instanceof Error ? error.message : String(error);
      return new RowsmithError(
        'expression-failed',
        `The computed field "${field}" of ${relation.name} cannot be evaluated: ${reason}`,
        `Its SQL is: ${sql.trim().replace(/\s+/g, ' ')}\nThe row is called t: write t.column_name.`,
        { cause: error },
      );
    }
  }
  return undefined;
}
