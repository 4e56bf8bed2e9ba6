import { RowsmithError } from '../../errors.js';

/** Far more than 20,000 tables have. A wide type that many others inherit from, or that is flattened into others, gets there. */
const mostFields = 1_000_000;

export type CountFields = (fields: number) => void;

/** Adds up the fields of all lists that a reader makes, so that their number stays in proportion to what is written. */
export function countFields(): CountFields {
  let total = 0;
  return (fields) => {
    total += fields;
    if (total <= mostFields) return;
    const problem = 'The models have more than 1,000,000 fields with those that they take from others.';
    throw new RowsmithError('models-not-readable', problem, 'Narrow the glob to the files that hold models.');
  };
}
