import { RowsmithError } from '../../errors.js';
import type { InferredExpression, QualifiedName } from '../catalog.js';

/**
 * A SQL expression over one row of a relation, which it calls `t`.
 *
 *     { relation: { schema: 'public', name: 'users' }, field: 'fullName', sql: "t.first_name || ' ' || t.last_name" }
 */
export interface Expression {
  readonly relation: QualifiedName;
  readonly field: string;
  readonly sql: string;
  /** The config promises that it is never null, so the rows are asked. */
  readonly assertNotNull?: true;
}

/** Whether an inferred expression is the one that is asked for. */
export function answers(inferred: InferredExpression, asked: Expression): boolean {
  return (
    inferred.relation.schema === asked.relation.schema &&
    inferred.relation.name === asked.relation.name &&
    inferred.field === asked.field &&
    inferred.sql === asked.sql &&
    inferred.assertNotNull === asked.assertNotNull
  );
}

/** The error for an expression that the database refuses. */
export function expressionFailed({ relation, field, sql }: Expression, reason: string, cause?: unknown): RowsmithError {
  return new RowsmithError(
    'expression-failed',
    `The computed field "${field}" of ${relation.name} cannot be evaluated: ${reason}`,
    `Its SQL is: ${sql.trim().replace(/\s+/g, ' ')}\nThe row is called t: write t.column_name.`,
    { cause },
  );
}
