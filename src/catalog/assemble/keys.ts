import type { Check, ForeignKey, Index, Key, ReferentialAction, Relation } from '../catalog.js';
import { optional, present } from '../collections.js';
import type { RawCatalog } from '../raw-catalog.js';
import { columnNumbered } from '../raw-columns.js';
import { spellExpression } from '../spell-expression.js';
import type { RelationOwners } from './owners.js';

/** The constraints and indexes of one relation, with column numbers replaced by names. */
export function assembleKeys(
  id: number,
  owners: RelationOwners,
): Pick<Relation, 'primaryKey' | 'uniques' | 'foreignKeys' | 'checks' | 'indexes'> {
  const constraints = owners.constraints.get(id) ?? [];
  const ofKind = (kind: string) => constraints.filter((constraint) => constraint.kind === kind);
  const key = (raw: (typeof constraints)[number]): Key => ({
    name: raw.name,
    columns: columnNames(id, raw.key, owners),
  });
  const uniqueKey = (raw: (typeof constraints)[number]): Key => ({
    ...key(raw),
    ...(raw.deferrable ? { deferrable: true as const } : {}),
  });
  return {
    ...optional({ primaryKey: ofKind('p').map(uniqueKey)[0] }),
    uniques: ofKind('u').map(uniqueKey),
    foreignKeys: ofKind('f').map((raw): ForeignKey => {
      const target = owners.references.get(raw.ref) ?? { schema: '', name: '' };
      return {
        ...key(raw),
        references: { ...target, columns: columnNames(raw.ref, raw.refkey, owners) },
        ...optional({ onDelete: actions[raw.ondelete ?? ''], onUpdate: actions[raw.onupdate ?? ''] }),
        ...(raw.valid ? {} : { notValid: true as const }),
        ...(raw.deferrable ? { deferrable: true as const } : {}),
        ...(raw.period ? { period: true as const } : {}),
      };
    }),
    checks: ofKind('c').map(assembleCheck),
    indexes: (owners.indexes.get(id) ?? []).map((raw): Index => {
      const columns = owners.columns.get(id);
      return {
        name: raw.name,
        method: raw.method,
        unique: raw.unique,
        // Key columns come first, then columns that are only INCLUDEd. Column 0 is an expression.
        columns: raw.key.slice(0, raw.keys).map((number) => columnNumbered(columns, number)?.name ?? null),
        ...optional({ predicate: raw.predicate === null ? null : spellExpression(raw.predicate) }),
      };
    }),
  };
}

const actions: Record<string, ReferentialAction> = { r: 'restrict', c: 'cascade', n: 'set null', d: 'set default' };

/** The names of columns, except those that the catalog does not have, such as columns of an extension's table. */
function columnNames(id: number, numbers: readonly number[] | null, owners: RelationOwners): readonly string[] {
  const columns = owners.columns.get(id);
  return present(numbers?.map((number) => columnNumbered(columns, number)?.name) ?? []);
}

/** A CHECK constraint of a relation or a domain. */
export function assembleCheck(raw: RawCatalog['constraints'][number]): Check {
  return {
    name: raw.name,
    expression: spellExpression(raw.expression ?? ''),
    ...(raw.valid ? {} : { notValid: true as const }),
    ...(raw.noinherit ? { noInherit: true as const } : {}),
  };
}
