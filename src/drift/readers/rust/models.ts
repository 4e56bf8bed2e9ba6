import type { DeclaredField, DeclaredModel, DeclaredType, ProfileName, Role, TableHint } from '../../declared.js';
import { type CountFields, countFields } from '../count-fields.js';
import { columnCase, tableInDoc } from '../names.js';
import { attributeValue, derives, hasAttribute } from './attributes.js';
import type { RustField, RustStruct, RustTypeItem } from './syntax.js';
import { type RustNames, resolveType } from './types.js';

/** Deepest flattened structs inside flattened structs that are read. It also ends circles. */
const deepestFlatten = 8;

export function buildModels(structs: readonly RustStruct[], types: readonly RustTypeItem[]): readonly DeclaredModel[] {
  const names: RustNames = { types: byUniqueName(types), structs: byUniqueName(structs) };
  const count = countFields();
  return structs.map((struct) => buildModel(struct, names, count));
}

/**
 * Items by name. A name that two modules declare is left out: without resolving imports nobody knows which is meant.
 */
function byUniqueName<Item extends { readonly name: string }>(items: readonly Item[]): ReadonlyMap<string, Item> {
  const found = new Map<string, Item>();
  const twice = new Set<string>();
  for (const item of items) {
    if (found.has(item.name)) twice.add(item.name);
    found.set(item.name, item);
  }
  for (const name of twice) found.delete(name);
  return found;
}

function buildModel(struct: RustStruct, names: RustNames, count: CountFields): DeclaredModel {
  const profile = profileOf(struct);
  return {
    name: struct.name,
    path: struct.path,
    language: 'rust',
    file: struct.file,
    line: struct.line,
    construct: 'struct',
    profile,
    tables: tableHints(struct),
    role: roleOf(struct),
    readsRows: derives(struct.attributes).some((trait) => readingTraits.has(trait)),
    fields: fieldsOf(struct, names, count, 0),
  };
}

const readingTraits = new Set([
  'FromRow',
  'Queryable',
  'QueryableByName',
  'Selectable',
  'Identifiable',
  'FromQueryResult',
  'DeriveEntityModel',
]);
const dieselTraits = new Set([
  'Queryable',
  'QueryableByName',
  'Selectable',
  'Insertable',
  'AsChangeset',
  'Identifiable',
  'Associations',
]);

function profileOf({ attributes }: RustStruct): ProfileName {
  const diesel =
    attributes.some(({ name }) => name === 'diesel') || derives(attributes).some((trait) => dieselTraits.has(trait));
  return diesel ? 'diesel' : 'sqlx';
}

/**
 * Tables that a struct names, attributes first, the doc comment last. A path such as `crate::schema::tasks` stays
 * whole: only the catalog tells which part is a schema.
 */
function tableHints({ attributes, doc }: RustStruct): readonly TableHint[] {
  const named: readonly (readonly [string | undefined, string])[] = [
    [attributeValue(attributes, 'diesel', 'table_name'), '#[diesel(table_name)]'],
    [attributeValue(attributes, 'table_name', 'table_name'), '#[table_name]'],
    [attributeValue(attributes, 'sea_orm', 'table_name'), '#[sea_orm(table_name)]'],
    [attributeValue(attributes, 'sqlx', 'table'), '#[sqlx(table)]'],
    [tableInDoc(doc), 'its doc comment'],
  ];
  return named.flatMap(([table, by]) => (table === undefined ? [] : [{ table: table.replace(/\s+|r#/g, ''), by }]));
}

function roleOf({ attributes, name }: RustStruct): Role {
  const traits = derives(attributes);
  if (!traits.some((trait) => readingTraits.has(trait))) {
    if (traits.includes('Insertable'))
      return { kind: 'insert', reason: 'it derives Insertable and nothing that reads rows' };
    if (traits.includes('AsChangeset'))
      return { kind: 'update', reason: 'it derives AsChangeset and nothing that reads rows' };
  }
  if (/^New[A-Z0-9]/.test(name)) return { kind: 'insert', reason: 'it is named as one' };
  return { kind: 'row' };
}

function fieldsOf(struct: RustStruct, names: RustNames, count: CountFields, depth: number): readonly DeclaredField[] {
  const facts = factsOf(struct);
  count(struct.fields.length);
  return struct.fields.flatMap((field) => {
    const resolved = resolveType(field.type, names);
    const flattened =
      isFlattened(field) && resolved.model !== undefined ? names.structs.get(resolved.model) : undefined;
    // A part of a composition is compared where it is declared; a flattened part adds its own columns here.
    if (flattened && depth < deepestFlatten)
      return fieldsOf(flattened, names, count, depth + 1).map((inner) => ({ ...inner, line: field.line }));
    return [
      {
        name: field.name,
        line: field.line,
        type: asJson(field, resolved.type),
        ...columnOf(facts, field),
        ...otherNameOf(facts, field),
        ...skippedBy(facts, field, resolved.type),
        ...(resolved.model === undefined ? {} : { model: resolved.model }),
      },
    ];
  });
}

/** Facts from the attributes of a struct that hold for all its fields. */
interface StructFacts {
  /** Case styles of names, from sqlx's and serde's `rename_all`. */
  readonly columns: string | undefined;
  readonly others: string | undefined;
  /** Whether serde fills the struct and no database library does. */
  readonly filledBySerde: boolean;
}

function factsOf({ attributes }: RustStruct): StructFacts {
  return {
    columns: attributeValue(attributes, 'sqlx', 'rename_all'),
    others: attributeValue(attributes, 'serde', 'rename_all'),
    filledBySerde: !derives(attributes).some((trait) => readingTraits.has(trait)),
  };
}

function isFlattened({ attributes }: RustField): boolean {
  return (
    hasAttribute(attributes, 'sqlx', 'flatten') ||
    hasAttribute(attributes, 'serde', 'flatten') ||
    hasAttribute(attributes, 'diesel', 'embed')
  );
}

/** Type of a field; with `#[sqlx(json)]` the column is read as JSON into whatever type the field has. */
function asJson({ attributes }: RustField, type: DeclaredType): DeclaredType {
  if (!attributes.some(({ name, entries }) => name === 'sqlx' && entries.some(({ key }) => key === 'json')))
    return type;
  return { text: type.text, name: 'Json<T>', category: 'json', nullable: type.nullable, dimensions: 0 };
}

function columnOf({ columns: style }: StructFacts, { attributes, name }: RustField): Pick<DeclaredField, 'column'> {
  const named = [
    [attributeValue(attributes, 'sqlx', 'rename'), '#[sqlx(rename)]'],
    [attributeValue(attributes, 'diesel', 'column_name'), '#[diesel(column_name)]'],
    [attributeValue(attributes, 'column_name', 'column_name'), '#[column_name]'],
    [attributeValue(attributes, 'sea_orm', 'column_name'), '#[sea_orm(column_name)]'],
  ] as const;
  const [explicit] = named.filter(([column]) => column !== undefined);
  if (explicit?.[0] !== undefined) return { column: { name: explicit[0], by: explicit[1] } };
  return style === undefined ? {} : { column: { name: columnCase(name, style), by: '#[sqlx(rename_all)]' } };
}

/**
 * Serde's name for a field. It is the name in JSON and not in the table; where it is a column's name, it is evidence
 * for a rename.
 */
function otherNameOf(
  { others: style }: StructFacts,
  { attributes, name }: RustField,
): Pick<DeclaredField, 'otherName'> {
  const renamed = attributeValue(attributes, 'serde', 'rename') ?? attributeValue(attributes, 'serde', 'alias');
  if (renamed !== undefined) return { otherName: { name: renamed, by: '#[serde(rename)]' } };
  return style === undefined ? {} : { otherName: { name: columnCase(name, style), by: '#[serde(rename_all)]' } };
}

const map = /^(?:\w+\s*::\s*)*(?:HashMap|BTreeMap|IndexMap|Map)\b/;
const mapOrJson = /^(?:\w+\s*::\s*)*(?:HashMap|BTreeMap|IndexMap|Map|Value)\b/;

/**
 * The attribute that takes a field out of the row. Serde's `skip` does so only where serde fills the struct and no
 * database library does.
 */
function skippedBy(
  { filledBySerde }: StructFacts,
  { attributes, type }: RustField,
  { name }: DeclaredType,
): Pick<DeclaredField, 'skipped'> {
  if (hasAttribute(attributes, 'sqlx', 'skip')) return { skipped: '#[sqlx(skip)]' };
  if (hasAttribute(attributes, 'diesel', 'skip')) return { skipped: '#[diesel(skip)]' };
  if (type.name === 'PhantomData') return { skipped: 'PhantomData holds nothing' };
  // A flattened map takes the keys that are left, and is no column. A database library reads a JSON value from a
  // column,
  // but a map only where an attribute says so.
  const takesKeys = filledBySerde ? mapOrJson.test(name) : map.test(name) && !hasAttribute(attributes, 'sqlx', 'json');
  if (takesKeys && hasAttribute(attributes, 'serde', 'flatten')) return { skipped: '#[serde(flatten)]' };
  const skips = ['skip', 'skip_deserializing'].some((key) => hasAttribute(attributes, 'serde', key));
  return filledBySerde && skips ? { skipped: '#[serde(skip)]' } : {};
}
