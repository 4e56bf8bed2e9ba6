import type { Catalog, ForeignKey, Relation } from '../../catalog/catalog.js';
import type { Change } from '../change.js';
import type { RelationPair } from '../pair.js';
import { nameKey } from '../side.js';
import { between, type Comparison, match } from './context.js';

/**
 * Compares whether foreign keys guarantee a row to each row whose key is not null, which makes the relation over them
 * `one`. A key of columns that may be null is left out: its relation is `one or none` in any case.
 */
export function compareGuarantees(
  { from, to, renamed }: Comparison,
  { before, after, columns }: RelationPair,
): Change[] {
  const newName = new Map(columns.map((pair) => [pair.before.name, pair.after.name]));
  const key = ({ columns, references }: ForeignKey) => JSON.stringify([columns, nameKey(references)]);
  const newKey = ({ columns, references }: ForeignKey) =>
    JSON.stringify([columns.map((name) => newName.get(name) ?? name), nameKey(renamed(references))]);
  const { paired } = match(neverNull(before), neverNull(after), key, newKey);
  return paired.flatMap(([old, now]): Change[] => {
    const changed = between(whyNone(old, before, from.catalog), whyNone(now, after, to.catalog));
    const lost = changed && (changed.before === undefined) !== (changed.after === undefined);
    const relation = { schema: after.schema, name: after.name };
    return lost ? [{ rule: 'foreign-key-guarantee', relation, name: now.name, columns: now.columns, ...changed }] : [];
  });
}

function neverNull({ columns, foreignKeys }: Relation): readonly ForeignKey[] {
  const notNull = new Set(columns.filter((column) => column.notNull).map(({ name }) => name));
  return foreignKeys.filter((key) => !key.period && key.columns.every((name) => notNull.has(name)));
}

/** Why a row may have none over its key; undefined where each has one. */
function whyNone(key: ForeignKey, relation: Relation, { relations }: Catalog): string | undefined {
  if (key.notValid) return 'the key is not valid';
  if (key.deferrable) return 'a transaction may break the key until it commits';
  if (relation.inherited) return 'the key does not hold for tables that inherit from this one';
  const target = relations.find((candidate) => nameKey(candidate) === nameKey(key.references));
  return target?.rowSecurity ? 'row-level security may hide it' : undefined;
}
