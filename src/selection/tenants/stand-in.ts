import type { InferredExpression } from '../../catalog/catalog.js';
import type { Expression } from '../../catalog/infer/expression.js';
import type { Tenants } from './merge.js';
import { renameInExpressions } from './rename.js';

/** The tenant that is asked about the tables of all: the database has `by` where the narrowed catalog has `schema`. */
export interface StandIn {
  readonly schema: string;
  readonly by: string;
}

/** Undefined without tenants. */
export function standInOf(tenants: Tenants | undefined): StandIn | undefined {
  const [by] = tenants?.alike ?? [];
  return tenants && by !== undefined ? { schema: tenants.name, by } : undefined;
}

/** Expressions over the tables of all tenants, as they are asked about one's. */
export function toStandIn(expressions: readonly Expression[], standIn?: StandIn): readonly Expression[] {
  if (!standIn) return expressions;
  return expressions.map((expression) => {
    const { schema, name } = expression.relation;
    return schema === standIn.schema ? { ...expression, relation: { schema: standIn.by, name } } : expression;
  });
}

/** What was inferred for one tenant's tables, as it is said of all. */
export function fromStandIn(inferred: readonly InferredExpression[], standIn?: StandIn): readonly InferredExpression[] {
  return standIn ? renameInExpressions(inferred, standIn.by, standIn.schema) : inferred;
}
