import type { RowsmithError } from '../../errors.js';
import type { DescribedColumn } from '../../postgres/session.js';
import { sqlState } from '../../postgres/sql-state.js';
import type { TypeRef } from '../catalog.js';
import { parseNodeTree, queryOf } from '../proofs/query-tree/node-tree.js';
import { targetsOf, typeOf as typeOfNode } from '../proofs/query-tree/scope.js';
import { type Asking, describeEach, refusalOf } from './describe.js';
import { type Expression, expressionFailed } from './expression.js';
import { printedNote, printedTrees } from './printed-trees.js';
import { readTypes, typeOf } from './type-row.js';
import { readViews, selectStatement, viewStatement } from './views.js';
import { whyNothingTemporary } from './why-nothing-temporary.js';

/** An expression, and the column that it was described as, which has the base type of a domain. */
export interface Field extends Expression {
  readonly described: DescribedColumn | undefined;
}

export interface Noting extends Asking {
  readonly note: (message: string) => void;
}

/** The analysed query that selects the expressions of one relation, and their types. */
export interface AnalysedFields {
  readonly tree: string;
  readonly types: readonly TypeRef[];
}

/** Has the server analyse the expressions of each relation, in temporary views where they can be created. */
export async function analyseFields(
  groups: readonly (readonly Field[])[],
  asking: Noting,
): Promise<readonly AnalysedFields[]> {
  try {
    const views = await readViews(groups, asking);
    return views.map(({ tree, columns }, index) => ({
      tree,
      types: (groups[index] ?? []).map((field, position) => {
        const column = columns.find((one) => one.position === position + 1);
        if (column?.field !== `f${position}`) throw expressionFailed(field, 'it is more than one expression');
        return typeOf(column);
      }),
    }));
  } catch (error) {
    const reason = await whyNothingTemporary(asking.session, error);
    if (reason === undefined) throw (await findCulprit(groups.flat(), asking)) ?? error;
    return printedFields(groups, reason, asking);
  }
}

/**
 * The error for the first expression that is parsed alone and that Postgres refuses beside the row, or in a view.
 */
async function findCulprit(expressions: readonly Expression[], asking: Asking): Promise<RowsmithError | undefined> {
  for (const expression of expressions) {
    const error = await refusalOf(viewStatement([expression], 0), asking);
    if (error !== undefined) return refused(expression, error);
  }
  return undefined;
}

function refused(expression: Expression, error: unknown): RowsmithError {
  // The whole row stands beside the expression, so Postgres complains of grouping.
  const aggregates = sqlState(error) === '42803';
  const reason = aggregates
    ? 'it aggregates the rows of the table; put the aggregate into a subquery'
    : String((error as Error).message);
  return expressionFailed(expression, reason, error);
}

/** The analysed fields where nothing temporary can be created, from the trees that the server prints as it parses. */
async function printedFields(
  groups: readonly (readonly Field[])[],
  reason: string,
  asking: Noting,
): Promise<readonly AnalysedFields[]> {
  const { session, note } = asking;
  const fields = groups.flat();
  const alone = await describeEach(
    fields.map((field) => selectStatement([field])),
    asking,
  );
  fields.forEach((field, index) => {
    const answer = alone[index];
    if (answer && 'error' in answer) throw refused(field, answer.error);
  });
  const trees = await printedTrees(groups.map(selectStatement), asking);
  note(printedNote(trees, { what: 'SQL computed fields', which: 'table' }, reason));
  const wanted = groups.map((group, index) => {
    const own = targetTypes(trees[index] ?? '');
    return group.map(({ described = { type: 0, modifier: -1 } }, position) => {
      const type = own[position] || described.type;
      return type === described.type ? described : { type, modifier: -1 };
    });
  });
  const types = [...(await readTypes(session, wanted.flat()))];
  return wanted.map((group, index) => ({ tree: trees[index] ?? '', types: types.splice(0, group.length) }));
}

/** The types of a query's targets, domains too; 0 where a node does not say it. */
function targetTypes(tree: string): readonly number[] {
  const query = queryOf(parseNodeTree(tree));
  return query ? targetsOf(query).map(({ fields: { expr } }) => typeOfNode(expr)) : [];
}
