import { quoteIdentifier } from '../../postgres/quote-identifier.js';
import { quoteName } from '../sql.js';
import type { Asking } from './describe.js';
import type { Expression } from './expression.js';
import { type TypeRow, typeColumns } from './type-row.js';

/** The analysed query of a temporary view, and its columns. */
export interface ReadView {
  readonly tree: string;
  readonly columns: readonly (TypeRow & { readonly field: string; readonly position: number })[];
}

/**
 * Reads expressions by a temporary view over each relation, which selects its expressions: `pg_attribute` then tells
 * their types, and `pg_rewrite` has the analysed query.
 */
export async function readViews(
  groups: readonly (readonly Expression[])[],
  { session, searchPath }: Asking,
): Promise<readonly ReadView[]> {
  const views = groups.map(viewStatement);
  const [row] = await session.query<{ answer: string }>(
    `${searchPath}; ${views.join('; ')}; set local search_path = ''; ${readOurs}; rollback to savepoint rowsmith`,
  );
  const read = JSON.parse(row?.answer ?? '[]') as readonly (ReadView & { readonly view: string })[];
  return groups.map((_, index) => read.find(({ view }) => view === viewName(index)) ?? { tree: '', columns: [] });
}

const viewName = (index: number) => `rowsmith_infer_${index}`;

/** The statement that creates the view for one relation's expressions. */
export function viewStatement(expressions: readonly Expression[], index: number): string {
  return `create temporary view ${viewName(index)} as ${selectStatement(expressions)}`;
}

/**
 * The query that selects one relation's expressions. The whole row `t` is selected too: beside it, the server refuses
 * an aggregate, which would make one row of the relation.
 */
export function selectStatement(expressions: readonly Expression[]): string {
  const fields = expressions.map(({ sql }, field) => `(${sql}\n) as ${quoteIdentifier(`f${field}`)}`);
  const [first] = expressions;
  if (!first) throw new Error('A view needs an expression.');
  return `select ${fields.join(', ')}, t as "row" from ${quoteName(first.relation)} as t`;
}

const readOurs = `select json_agg(v)::text as answer from (
  select c.relname as view,
    (select w.ev_action::text from pg_rewrite w where w.ev_class = c.oid) as tree,
    (select json_agg(a) from (
      select a.attname as field, a.attnum as position, ${typeColumns('a.atttypid', 'a.atttypmod')}
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0) a) as columns
  from pg_class c where c.relnamespace = pg_my_temp_schema() and c.relname like 'rowsmith\\_infer\\_%') v`;
