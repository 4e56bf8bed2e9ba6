import { RowsmithError } from '../../errors.js';

/**
 * Most fields of all models together; 20,000 tables have far fewer. A wide type that many others inherit from, or that
 * is flattened into others, can reach it.
 */
const mostFields = 1_000_000;

export type CountFields = (fields: number) => void;

/** Makes a counter of the fields that a reader builds, which throws when there are too many for what is written. */
export function countFields(): CountFields {
  let total = 0;
  return (fields) => {
    total += fields;
    if (total <= mostFields) return;
    const problem = 'The models have more than 1,000,000 fields including inherited ones.';
    throw new RowsmithError('models-not-readable', problem, 'Narrow the glob to files that contain models.');
  };
}
