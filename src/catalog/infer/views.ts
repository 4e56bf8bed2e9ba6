import { quoteIdentifier } from '../../postgres/quote-identifier.js';
import type { Session } from '../../postgres/session.js';
import type { InferredExpression } from '../catalog.js';
import { groupBy } from '../collections.js';
import type { QueryFacts } from '../proofs/query-facts.js';
import { fieldUses } from '../proofs/query-tree/field-uses.js';
import { parseNodeTree } from '../proofs/query-tree/node-tree.js';
import { arraysQuery, builtinsQuery } from '../query/builtins.js';
import type { RawArrayFact, RawBuiltin } from '../raw-catalog.js';
import { quoteName } from '../sql.js';
import { type Expression, expressionFailed } from './expression.js';
import { type TypeRow, typeColumns, typeOf } from './type-row.js';
import { type VolatileCall, volatileCalls, volatileFields } from './volatility.js';

/**
 * Infers expressions by a temporary view over each relation, which selects its expressions. `pg_attribute` then tells
 * their types, and the analysed query in `pg_rewrite` tells what they read and whether they can be null.
 */
export async function inferFromViews(
  session: Session,
  expressions: readonly Expression[],
  { nullability, dimensions }: QueryFacts,
  searchPath: string,
): Promise<InferredExpression[]> {
  const groups = [...groupBy(expressions, ({ relation }) => quoteName(relation)).values()];
  const views = groups.map((fields, index) => viewStatement(fields, index));
  const [row] = await session.query<{ answer: string }>(
    `${searchPath}; ${views.join('; ')}; set local search_path = ''; ${readViews}; rollback to savepoint rowsmith`,
  );
  const lists = JSON.parse(row?.answer ?? '{}') as ViewLists;
  const trees = new Map(lists.rules.map(({ view, tree }) => [view, tree]));
  const columns = groupBy(lists.columns, ({ view }) => view);
  return groups.flatMap((fields, index) => {
    const tree = trees.get(viewName(index)) ?? '';
    const notNull = nullability.queryColumns(tree, lists.builtins);
    const arrayDimensions = dimensions.ofQuery(tree, lists.arrays);
    const uses = fieldUses(parseNodeTree(tree));
    const volatile = volatileFields(parseNodeTree(tree), lists.calls);
    return fields.map((field, position): InferredExpression => {
      const type = columns.get(viewName(index))?.find(({ position: number }) => number === position + 1);
      const use = uses[position];
      if (!type) throw new Error(`Nothing was inferred for ${field.field}.`);
      if (!use) throw expressionFailed(field, 'it, or another field of its table, is nested too deeply');
      if (type.field !== `f${position}`) throw expressionFailed(field, 'it is more than one expression');
      if (use.returnsSet) throw expressionFailed(field, 'it returns a set of rows');
      return {
        ...field,
        type: typeOf(type, arrayDimensions[position]),
        notNull: notNull[position] === true || field.assertNotNull === true,
        ...(volatile[position] ? { volatile: true as const } : {}),
        needs: nullability.columnNames(use.relation, use.columns),
      };
    });
  });
}

const viewName = (index: number) => `rowsmith_infer_${index}`;

/**
 * The statement that creates the view for one relation's expressions. The whole row `t` is selected too: beside it, the
 * server refuses an aggregate, which would make one row of the relation.
 */
export function viewStatement(expressions: readonly Expression[], index: number): string {
  const fields = expressions.map(({ sql }, field) => `(${sql}\n) as ${quoteIdentifier(`f${field}`)}`);
  const [first] = expressions;
  if (!first) throw new Error('A view needs an expression.');
  const query = `select ${fields.join(', ')}, t as "row" from ${quoteName(first.relation)} as t`;
  return `create temporary view ${viewName(index)} as ${query}`;
}

/** The server's answer about the views, list by list. */
interface ViewLists {
  readonly columns: readonly (TypeRow & { readonly view: string; readonly field: string; readonly position: number })[];
  readonly rules: readonly { readonly view: string; readonly tree: string }[];
  readonly builtins: readonly RawBuiltin[];
  readonly arrays: readonly RawArrayFact[];
  readonly calls: readonly VolatileCall[] | null;
}

const ourViews = `c.relnamespace = pg_my_temp_schema() and c.relname like 'rowsmith\\_infer\\_%'`;

const readViews = `select json_build_object(
'columns', (select json_agg(l) from (
  select c.relname as view, a.attname as field, a.attnum as position, ${typeColumns('a.atttypid', 'a.atttypmod')}
  from pg_class c join pg_attribute a on a.attrelid = c.oid where ${ourViews} and a.attnum > 0) l),
'rules', (select json_agg(l) from (
  select c.relname as view, w.ev_action::text as tree
  from pg_class c join pg_rewrite w on w.ev_class = c.oid where ${ourViews}) l),
'builtins', (select json_agg(l) from (${builtinsQuery}) l),
'arrays', (select json_agg(l) from (${arraysQuery}) l),
'calls', (select json_agg(l) from (${volatileCalls(ourViews)}) l)
)::text as answer`;
