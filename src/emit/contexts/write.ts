import { onceForEach } from '../../catalog/collections.js';
import type { RelationModel } from '../../model/model.js';
import { fieldName } from '../../model/names.js';
import type { StoredField } from '../../model/stored-field.js';
import { helper, orUndefined, sameType, type TsType, union } from '../../model/ts-type.js';
import { propertyKey, stringLiteral } from '../typescript.js';
import type { SpelledField } from './field-doc.js';
import { fieldWrites } from './field-writes.js';
import type { Imports } from './imports.js';

/** A field that cannot be written, and what to do instead. */
export interface Unwritable {
  readonly name: string;
  /** The column of a stored field. */
  readonly column?: string;
  readonly instead: string;
}

/**
 * The fields that cannot be written: columns that the database generates or that a view cannot pass on, and computed
 * fields.
 */
export function unwritableFields({ relation, stored, computed, code }: RelationModel): Unwritable[] {
  const instead = relation.kind.endsWith('view')
    ? `the ${relation.kind} is not writable there`
    : 'the database generates it';
  return [
    ...stored.filter(({ insert, update }) => !insert && !update).map(({ name, column }) => ({ name, column, instead })),
    ...computed.map(({ name, instead }) => ({ name, instead })),
    ...code.map(({ name, needs }) => ({ name, instead: `it is computed from ${needs.join(', ')}` })),
  ];
}

/**
 * Names that a field does not have but a caller might try: the default field name of a column with an alias, and the
 * column's own name.
 */
export function otherNames({ stored, computed, code }: RelationModel): Unwritable[] {
  const taken = new Set([...stored, ...computed, ...code].map(({ name }) => name));
  const found = new Map<string, string[]>();
  for (const { name, column } of stored) {
    if (name === fieldName(column)) continue;
    for (const other of new Set([fieldName(column), column]))
      if (!taken.has(other)) found.set(other, [...(found.get(other) ?? []), name]);
  }
  return [...found].map(([name, fields]) => ({ name, instead: `write ${fields.join(' or ')}` }));
}

/** The types for writing; only if the relation can be written. */
export function writeContext(
  relation: RelationModel,
  spelled: readonly SpelledField[],
  imports: Imports,
  spell: (type: TsType) => string,
) {
  const { insertable, updatable, stored } = relation;
  const writable = insertable || updatable;
  const refused = writable ? [...unwritableFields(relation), ...otherNames(relation)] : [];
  const refusal = ({ name, instead }: Unwritable) => {
    const type = `${imports.type('../runtime/write.js', 'NotWritable')}<${stringLiteral(instead)}>`;
    return { key: `${propertyKey(name)}?`, type, doc: [] };
  };
  return {
    insertable,
    updatable,
    writable,
    insertFields: spelled.flatMap((one) => {
      const { insert } = fieldWrites(one.field);
      return insert ? [writeField(one, insert, spell)] : [];
    }),
    updateFields: spelled.flatMap((one) => {
      const { update } = fieldWrites(one.field);
      return update ? [writeField(one, { type: update, optional: true }, spell)] : [];
    }),
    refused: refused.map(refusal),
    hasRefusedUpdates: stored.some(({ update, state }) => update && state),
    refusedUpdates: stored.flatMap(({ name, update, state }) =>
      update && state ? [refusal({ name, instead: state.instead })] : [],
    ),
  };
}

/** A property of the insert or update type. An optional one may be undefined, which counts as no value. */
function writeField(
  { field, spelling, doc }: SpelledField,
  { type, optional }: NonNullable<StoredField['insert']>,
  spell: (type: TsType) => string,
) {
  const given = field.json ? jsonValue(type) : type;
  return {
    key: optional ? spelling.optionalKey : spelling.key,
    type: spell(optional ? orUndefined(given) : given),
    doc,
  };
}

/**
 * The type of a JSON value, from the type of the text that is written for it: models and callers take the value, and
 * write its text. `JsonText<Address> | null` → `Address | null`.
 */
export const jsonValue = onceForEach((type: TsType): TsType => {
  if (sameType(type, helper('JsonInput'))) return helper('Json');
  if (type.kind === 'json text') return type.of;
  return type.kind === 'union' ? union(...type.members.map(jsonValue)) : type;
});
