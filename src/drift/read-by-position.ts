import type { MappedModel } from './mapped-model.js';
import { storedFields } from './stored-fields.js';

/**
 * What becomes of a model into which rows are read by position, and that has not as many fields as its table has
 * columns: a query selects what it holds. If that may be something else than columns of the table, it is compared with
 * none; if only its name is the table's, the table is a guess.
 */
export function judgePosition(mapped: MappedModel): MappedModel {
  const { model, status, relation } = mapped;
  if (status !== 'compared' || !relation || model.covers !== 'position') return mapped;
  const fields = model.fields.filter(({ skipped }) => skipped === undefined);
  if (model.inserts || model.takesFrom !== undefined || fields.length === relation.columns.length) return mapped;
  if (storedFields(fields, relation) === fields.length)
    return model.tables.every(({ mentioned }) => mentioned) ? { ...mapped, guessed: true } : mapped;
  const reason = 'it is read by position, and the number of its fields is not that of the columns of its table';
  return { model, status: 'other', relation, reason };
}
