import type { InferredExpression } from '../../catalog/catalog.js';
import type { Expression } from '../../catalog/infer/expression.js';
import type { Tenants } from './merge.js';
import { renameInExpressions } from './rename.js';

/**
 * The tenant whose tables answer for those of all tenants: the database has `by` where the narrowed catalog has
 * `schema`.
 */
export interface StandIn {
  readonly schema: string;
  readonly by: string;
}

/** Undefined without tenants. */
export function standInOf(tenants: Tenants | undefined): StandIn | undefined {
  const [by] = tenants?.alike ?? [];
  return tenants && by !== undefined ? { schema: tenants.name, by } : undefined;
}

/** Expressions over the tables of all tenants, rewritten for the tables of one. */
export function toStandIn(expressions: readonly Expression[], standIn?: StandIn): readonly Expression[] {
  if (!standIn) return expressions;
  return expressions.map((expression) => {
    const { schema, name } = expression.relation;
    return schema === standIn.schema ? { ...expression, relation: { schema: standIn.by, name } } : expression;
  });
}

/** What was inferred for one tenant's tables, rewritten for all tenants. */
export function fromStandIn(inferred: readonly InferredExpression[], standIn?: StandIn): readonly InferredExpression[] {
  return standIn ? renameInExpressions(inferred, standIn.by, standIn.schema) : inferred;
}
