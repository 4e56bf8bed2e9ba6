import { groupBy } from './group.js';
import type { MappedModel } from './mapped-model.js';
import { storedFields } from './stored-fields.js';

/**
 * Keeps of several declarations of one thing, which are compiled into different programs, those that fit the schema
 * best.
 */
export function withoutTwins(mapped: readonly MappedModel[]): readonly MappedModel[] {
  const left = new Set<MappedModel>();
  for (const [key, twins] of groupBy(mapped, ({ model }) => model.twinKey)) {
    if (key === undefined) continue;
    const fits = twins.map(fitOf);
    const best = Math.max(...fits);
    for (const [index, twin] of twins.entries()) if (fits[index] !== best) left.add(twin);
  }
  return left.size === 0 ? mapped : mapped.map((one) => (left.has(one) ? asTwin(one) : one));
}

const asTwin = ({ model }: MappedModel): MappedModel => ({
  model,
  status: 'other',
  reason: 'another declaration of its name fits the schema better',
});

/** How many fields of a model are columns of its table, less those that are not. */
function fitOf({ model, relation }: MappedModel): number {
  const fields = model.fields.filter(({ skipped }) => skipped === undefined);
  return 2 * storedFields(fields, relation) - fields.length;
}
