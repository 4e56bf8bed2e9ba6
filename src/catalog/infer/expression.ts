import { RowsmithError } from '../../errors.js';
import type { InferredExpression, QualifiedName } from '../catalog.js';

/** A SQL expression over one row of a relation, which it calls `t`. */
export interface Expression {
  readonly relation: QualifiedName;
  readonly field: string;
  readonly sql: string;
  /** The config promises that it is never null: the data is asked. */
  readonly assertNotNull?: true;
}

/** Whether a catalog's answer is the answer to this question. */
export function answers(inferred: InferredExpression, asked: Expression): boolean {
  return (
    inferred.relation.schema === asked.relation.schema &&
    inferred.relation.name === asked.relation.name &&
    inferred.field === asked.field &&
    inferred.sql === asked.sql &&
    inferred.assertNotNull === asked.assertNotNull
  );
}

export function expressionFailed({ relation, field, sql }: Expression, reason: string, cause?: unknown): RowsmithError {
  return new RowsmithError(
    'expression-failed',
    `The computed field "${field}" of ${relation.name} cannot be evaluated: ${reason}`,
    `Its SQL is: ${sql.trim().replace(/\s+/g, ' ')}\nThe row is called t: write t.column_name.`,
    { cause },
  );
}
