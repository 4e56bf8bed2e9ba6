import { onceForEach } from '../../catalog/collections.js';
import type { RelationModel, StoredField } from '../../model/model.js';
import { helper, orUndefined, sameType, type TsType, union } from '../../model/ts-type.js';
import { docComment, objectKey, propertyKey, stringLiteral } from '../typescript.js';
import type { SpelledField } from './field-doc.js';
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

export const rowFunction = (name: string) => `to${name}Row`;

/** The types and the function for writing; only where the relation can be written. */
export function writeContext(
  relation: RelationModel,
  spelled: readonly SpelledField[],
  imports: Imports,
  spell: (type: TsType) => string,
) {
  const { name, tableName, insertable, updatable } = relation;
  const writable = spelled.filter(({ field: { insert, update } }) => insert ?? update);
  const refused = unwritableFields(relation);
  importForWriting(
    relation,
    imports,
    writable.some(({ field }) => field.json),
  );
  /** The types of what can be written, of an insert and of an update. */
  const possible = (insert: string, update: string) =>
    [...(insertable ? [insert] : []), ...(updatable ? [update] : [])].join(' | ');
  return {
    insertable,
    updatable,
    writable: insertable || updatable,
    writeType: possible(`${name}Insert`, `${name}Update`),
    rowType: possible(`Insertable<${tableName}>`, `Updateable<${tableName}>`),
    rowFunction: rowFunction(name),
    insertFields: writable.flatMap((one) => (one.field.insert ? [writeField(one, one.field.insert, spell)] : [])),
    updateFields: writable.flatMap((one) => {
      const { update } = one.field;
      return update ? [writeField(one, { type: update, optional: true }, spell)] : [];
    }),
    refused: refused.map((field) => ({
      key: `${propertyKey(field.name)}?`,
      type: 'never',
      doc: docComment(`Not writable: ${field.instead}.`),
    })),
    unwritable: refused.map((field) => ({ key: objectKey(field.name), instead: stringLiteral(field.instead) })),
    writableNames: writable.map(({ spelling }) => spelling.literal),
    rowColumns: writable.map(({ field, spelling: { value } }) =>
      field.json ? { ...value, value: `jsonText(${value.value})` } : value,
    ),
  };
}

function importForWriting({ insertable, updatable }: RelationModel, imports: Imports, json: boolean): void {
  if (insertable) imports.type('kysely', 'Insertable');
  if (updatable) imports.type('kysely', 'Updateable');
  if (!insertable && !updatable) return;
  imports.value('../runtime/relation.js', 'returningFields');
  imports.type('../runtime/relation.js', 'ReturningFields');
  imports.value('../runtime/write.js', 'refuseField');
  for (const type of ['OnlyFields', 'RefusedFields']) imports.type('../runtime/write.js', type);
  if (json) imports.value('../runtime/write.js', 'jsonText');
}

/** A property of the insert or update type. An optional one may be given as undefined, which Kysely leaves out. */
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
 * The type of a JSON value itself, of the type that is written for it: models and callers take the value, and write its
 * text. `JsonText<Address> | null` → `Address | null`.
 */
export const jsonValue = onceForEach((type: TsType): TsType => {
  if (sameType(type, helper('JsonInput'))) return helper('Json');
  if (type.kind === 'json text') return type.of;
  return type.kind === 'union' ? union(...type.members.map(jsonValue)) : type;
});
