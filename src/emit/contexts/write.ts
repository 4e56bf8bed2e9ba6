import { onceForEach } from '../../catalog/collections.js';
import type { RelationModel } from '../../model/model.js';
import { orUndefined, sameType, shared, union, type TsType } from '../../model/ts-type.js';
import { docComment, objectKey, propertyKey, stringLiteral } from '../typescript.js';
import type { SpelledField } from './field-doc.js';
import type { Imports } from './imports.js';

/** A field that cannot be written, and what to do instead. */
export interface Unwritable {
  readonly name: string;
  /** Of a stored field. */
  readonly column?: string;
  readonly instead: string;
}

/** Fields that nobody writes: the database generates the columns of some, or a view cannot pass them on, and others are computed. */
export function unwritableFields({ relation, stored, computed, code }: RelationModel): Unwritable[] {
  const instead = relation.kind.endsWith('view') ? `the ${relation.kind} is not writable there` : 'the database generates it';
  return [
    ...stored.filter(({ insert, update }) => !insert && !update).map(({ name, column }) => ({ name, column, instead })),
    ...computed.map(({ name, instead }) => ({ name, instead })),
    ...code.map(({ name, needs }) => ({ name, instead: `it is computed from ${needs.join(', ')}` })),
  ];
}

export const rowFunction = (name: string) => `to${name}Row`;

/** The types and the function for writing; only where the relation can be written. */
export function writeContext(relation: RelationModel, spelled: readonly SpelledField[], imports: Imports, spell: (type: TsType) => string) {
  const { name, tableName, insertable, updatable } = relation;
  const writable = spelled.filter(({ field: { insert, update } }) => insert ?? update);
  const refused = unwritableFields(relation);
  importForWriting(relation, imports, writable.some(({ field }) => field.json));
  return {
    insertable,
    updatable,
    writable: insertable || updatable,
    writeType: [...(insertable ? [`${name}Insert`] : []), ...(updatable ? [`${name}Update`] : [])].join(' | '),
    rowType: [...(insertable ? [`Insertable<${tableName}>`] : []), ...(updatable ? [`Updateable<${tableName}>`] : [])].join(' | '),
    rowFunction: rowFunction(name),
    insertFields: writable.flatMap((one) => (one.field.insert ? [writeField(one, one.field.insert, spell)] : [])),
    updateFields: writable.flatMap((one) => (one.field.update ? [writeField(one, { type: one.field.update, optional: true }, spell)] : [])),
    refused: refused.map((field) => ({ key: `${propertyKey(field.name)}?`, type: 'never', doc: docComment(`Not writable: ${field.instead}.`) })),
    unwritable: refused.map((field) => ({ key: objectKey(field.name), instead: stringLiteral(field.instead) })),
    writableNames: writable.map(({ spelling }) => spelling.literal),
    rowColumns: writable.map(({ field, spelling: { value } }) => (field.json ? { ...value, value: `jsonText(${value.value})` } : value)),
  };
}

function importForWriting({ insertable, updatable }: RelationModel, imports: Imports, json: boolean): void {
  if (insertable) imports.type('kysely', 'Insertable');
  if (updatable) imports.type('kysely', 'Updateable');
  if (!insertable && !updatable) return;
  imports.value('../runtime/relation.js', 'returningFields');
  imports.value('../runtime/write.js', 'refuseField');
  for (const type of ['OnlyFields', 'RefusedFields']) imports.type('../runtime/write.js', type);
  if (json) imports.value('../runtime/write.js', 'jsonText');
}

/** An optional property may be given as undefined, which Kysely leaves out. */
function writeField({ field, spelling, doc }: SpelledField, { type, optional }: { readonly type: TsType; readonly optional: boolean }, spell: (type: TsType) => string) {
  const given = field.json ? jsonValue(type) : type;
  return {
    key: optional ? spelling.optionalKey : spelling.key,
    type: spell(optional ? orUndefined(given) : given),
    doc,
  };
}

/** Models and callers take the JSON value itself, and write its text. */
export const jsonValue = onceForEach((type: TsType): TsType => {
  if (sameType(type, shared('JsonInput'))) return shared('Json');
  if (type.kind === 'json text') return type.of;
  return type.kind === 'union' ? union(...type.members.map(jsonValue)) : type;
});
