import type { InferredExpression } from '../catalog.js';
import { groupBy } from '../collections.js';
import type { QueryFacts } from '../proofs/query-facts.js';
import { fieldUses } from '../proofs/query-tree/field-uses.js';
import { parseNodeTree } from '../proofs/query-tree/node-tree.js';
import { quoteName } from '../sql.js';
import { describeAlone } from './alone.js';
import { type Expression, expressionFailed } from './expression.js';
import { type AnalysedFields, analyseFields, type Noting } from './fields.js';
import { type FieldFacts, type KnownBuiltins, readFieldFacts } from './tree-facts.js';
import { volatileFields } from './volatility.js';

/** Session, facts and search path of an inference, and the built-in functions that the catalog has. */
export interface Inference extends Noting {
  readonly facts: QueryFacts;
  readonly builtins: KnownBuiltins;
}

/**
 * Infers the type and nullability of each expression, and the columns that it reads. It runs in the transaction of a
 * reading, behind its savepoint `rowsmith`: rolling back to that savepoint ends the locks on the tables with each
 * message.
 */
export async function inferExpressions(
  expressions: readonly Expression[],
  inference: Inference,
): Promise<InferredExpression[]> {
  const described = await describeAlone(expressions, inference);
  const fields = expressions.map((expression, index) => ({ ...expression, described: described[index] }));
  const groups = [...groupBy(fields, ({ relation }) => quoteName(relation)).values()];
  const analysed = await analyseFields(groups, inference);
  const trees = analysed.map(({ tree }) => tree);
  const told = await readFieldFacts(inference.session, trees, inference.builtins);
  return groups.flatMap((group, index) => proven(group, analysed[index] as AnalysedFields, told, inference.facts));
}

/** The expressions of one relation with what its query proves. */
function proven(
  fields: readonly Expression[],
  { tree, types }: AnalysedFields,
  { builtins, arrays, volatile }: FieldFacts,
  { nullability, dimensions }: QueryFacts,
): InferredExpression[] {
  const notNull = nullability.queryColumns(tree, builtins);
  const arrayDimensions = dimensions.ofQuery(tree, arrays);
  const uses = fieldUses(parseNodeTree(tree));
  const isVolatile = volatileFields(parseNodeTree(tree), volatile);
  return fields.map((field, position): InferredExpression => {
    const type = types[position];
    const use = uses[position];
    if (!type) throw new Error(`The server does not know its own type of ${field.field}.`);
    if (!use && tree !== '') throw expressionFailed(field, 'it, or another field of its table, is nested too deeply');
    if (use?.returnsSet) throw expressionFailed(field, 'it returns a set of rows');
    const { relation, sql, field: name, assertNotNull } = field;
    return {
      ...{ relation, field: name, sql, ...(assertNotNull ? { assertNotNull } : {}) },
      type: type.dimensions === undefined ? type : { ...type, dimensions: arrayDimensions[position] ?? 'unknown' },
      notNull: notNull[position] === true || assertNotNull === true,
      ...(isVolatile[position] ? { volatile: true as const } : {}),
      needs: use ? nullability.columnNames(use.relation, use.columns) : [],
    };
  });
}
