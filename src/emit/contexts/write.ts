import { onceForEach } from '../../catalog/collections.js';
import type { RelationModel, StoredField } from '../../model/model.js';
import { orUndefined, sameType, shared, union, type TsType } from '../../model/ts-type.js';
import { docComment, objectKey, propertyAccess, propertyKey, stringLiteral } from '../typescript.js';
import type { Imports } from './imports.js';

/** A field that cannot be written, and what to do instead. */
export interface Unwritable {
  readonly name: string;
  readonly instead: string;
}

export function unwritableFields({ relation, stored, computed, code }: RelationModel): Unwritable[] {
  return [
    ...unwritableColumns({ relation, stored }).map(({ name, instead }) => ({ name, instead })),
    ...computed.map(({ name, instead }) => ({ name, instead })),
    ...code.map(({ name, needs }) => ({ name, instead: `it is computed from ${needs.join(', ')}` })),
  ];
}

/** Columns that nobody writes: the database generates them, or a view cannot pass them on. */
export function unwritableColumns({ relation, stored }: Pick<RelationModel, 'relation' | 'stored'>): (Unwritable & { readonly column: string })[] {
  const instead = relation.kind.endsWith('view') ? `the ${relation.kind} is not writable there` : 'the database generates it';
  return stored.filter(({ insert, update }) => !insert && !update).map(({ name, column }) => ({ name, column, instead }));
}

export const rowFunction = (name: string) => `to${name}Row`;

/** The types and the function for writing; only where the relation can be written. `docs` are those of the stored fields. */
export function writeContext(relation: RelationModel, docs: readonly (readonly string[])[], imports: Imports, spell: (type: TsType) => string) {
  const { name, tableName, stored, insertable, updatable } = relation;
  const writable = stored.filter(({ insert, update }) => insert ?? update);
  const refused = unwritableFields(relation);
  importForWriting(relation, imports, writable.some(({ json }) => json));
  return {
    insertable,
    updatable,
    writable: insertable || updatable,
    writeType: [...(insertable ? [`${name}Insert`] : []), ...(updatable ? [`${name}Update`] : [])].join(' | '),
    rowType: [...(insertable ? [`Insertable<${tableName}>`] : []), ...(updatable ? [`Updateable<${tableName}>`] : [])].join(' | '),
    rowFunction: rowFunction(name),
    insertFields: stored.flatMap((field, index) => (field.insert ? [writeField(field, field.insert, spell, docs[index])] : [])),
    updateFields: stored.flatMap((field, index) => (field.update ? [writeField(field, { type: field.update, optional: true }, spell, docs[index])] : [])),
    refused: refused.map((field) => ({ key: `${propertyKey(field.name)}?`, type: 'never', doc: docComment(`Not writable: ${field.instead}.`) })),
    unwritable: refused.map((field) => ({ key: objectKey(field.name), instead: stringLiteral(field.instead) })),
    writableNames: writable.map((field) => stringLiteral(field.name)),
    rowColumns: writable.map((field) => {
      const value = `values${propertyAccess(field.name)}`;
      return { key: objectKey(field.column), value: field.json ? `jsonText(${value})` : value };
    }),
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
function writeField(field: StoredField, { type, optional }: { readonly type: TsType; readonly optional: boolean }, spell: (type: TsType) => string, doc: readonly string[] = []) {
  const given = field.json ? jsonValue(type) : type;
  return {
    key: `${propertyKey(field.name)}${optional ? '?' : ''}`,
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
