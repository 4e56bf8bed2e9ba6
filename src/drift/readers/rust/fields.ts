import type { DeclaredField } from '../../declared.js';
import type { DeclaredType } from '../../declared-type.js';
import type { CountFields } from '../count-fields.js';
import { columnCase } from '../names.js';
import { attributeValue, derives, hasAttribute } from './attributes.js';
import type { RustField, RustStruct, TypeSyntax } from './syntax.js';
import { profileOf, queryTraits, readingTraits } from './traits.js';
import { typeOfText } from './type-syntax.js';
import { type RustNames, resolveType } from './types.js';

/** Deepest flattened structs inside flattened structs that are read. It also ends circles. */
const deepestFlatten = 8;

/** The fields of a struct, with those of flattened structs in their places. */
export function fieldsOf(
  struct: RustStruct,
  names: RustNames,
  count: CountFields,
  depth: number,
): readonly DeclaredField[] {
  const facts = factsOf(struct);
  const hasPrelude = profileOf(struct) === 'sea-orm';
  count(struct.fields.length);
  return struct.fields.flatMap((field) => {
    const resolved = resolveType(readAs(field) ?? field.type, { ...names, hasPrelude });
    const flattened = resolved.model === undefined ? undefined : flattenedBy(field, struct, names);
    // A part of a composition is compared where it is declared; a flattened part adds its own columns here.
    if (flattened && !isOfAnother(flattened, struct) && depth < deepestFlatten)
      return fieldsOf(flattened, names, count, depth + 1).map((inner) => ({ ...inner, line: field.line }));
    return [
      {
        name: field.name,
        line: field.line,
        type: asRead(field, resolved.type),
        ...columnOf(facts, field),
        ...otherNameOf(facts, field),
        ...skippedBy(facts, field, resolved.type),
        ...(hasAttribute(field.attributes, 'sqlx', 'default') ? { mayLack: true as const } : {}),
        ...(facts.inserts && resolved.type.nullable ? { mayOmit: true as const } : {}),
        ...(resolved.model === undefined ? {} : { model: resolved.model }),
      },
    ];
  });
}

/** The struct that a field is flattened from. None is a part of itself: then another crate has one of that name. */
function flattenedBy(field: RustField, within: RustStruct, { structs }: RustNames): RustStruct | undefined {
  const found = isFlattened(field) ? structs.get(field.type.name) : undefined;
  return found === within ? undefined : found;
}

/** Whether a part says that it is of another table: a join gives it, `#[diesel(embed)] customer: CustomerRow`. */
function isOfAnother(part: RustStruct, { attributes }: RustStruct): boolean {
  const tableOf = (all: RustStruct['attributes']) => attributeValue(all, 'diesel', 'table_name')?.split('::').at(-1);
  const [own, other] = [tableOf(attributes), tableOf(part.attributes)];
  return own !== undefined && other !== undefined && own !== other;
}

/** Facts from the attributes of a struct that hold for all its fields. */
interface StructFacts {
  /** Case styles of names, from sqlx's and serde's `rename_all`. */
  readonly columns: string | undefined;
  readonly others: string | undefined;
  /** Whether serde fills the struct and no database library does. */
  readonly filledBySerde: boolean;
  /** Whether only statements fill the struct; they may return more than columns of a table. */
  readonly byStatement: boolean;
  /** Whether Diesel inserts rows from the struct. */
  readonly inserts: boolean;
}

function factsOf({ attributes }: RustStruct): StructFacts {
  const traits = derives(attributes);
  return {
    columns: attributeValue(attributes, 'sqlx', 'rename_all') ?? attributeValue(attributes, 'sea_orm', 'rename_all'),
    others: attributeValue(attributes, 'serde', 'rename_all'),
    filledBySerde: !traits.some((trait) => readingTraits.has(trait)),
    byStatement: traits.includes('QueryableByName') && !traits.some((trait) => queryTraits.has(trait)),
    inserts: traits.includes('Insertable'),
  };
}

/** The type that a struct takes fields from, `#[diesel(embed)] identity: Identity`, where no given file declares it. */
export function takenFrom(struct: RustStruct, names: RustNames): string | undefined {
  return struct.fields.find((field) => isFlattened(field) && !flattenedBy(field, struct, names))?.type.name;
}

function isFlattened({ attributes }: RustField): boolean {
  return (
    hasAttribute(attributes, 'sqlx', 'flatten') ||
    hasAttribute(attributes, 'serde', 'flatten') ||
    hasAttribute(attributes, 'diesel', 'embed')
  );
}

/** The type that an attribute says a field is read from: `#[sqlx(try_from = "i64")]`. */
function readAs({ attributes }: RustField): TypeSyntax | undefined {
  const text = attributeValue(attributes, 'sqlx', 'try_from') ?? attributeValue(attributes, 'diesel', 'deserialize_as');
  return text === undefined ? undefined : typeOfText(text);
}

/**
 * The type that a field's column must have. With `#[sqlx(json)]` that is JSON, whatever type the field has. With
 * `#[sea_orm(select_as = "text")]` a cast of the column is read, so that nothing is known of the column itself; nor is
 * where code makes another value of it.
 */
function asRead({ attributes, taken }: RustField, type: DeclaredType): DeclaredType {
  if (taken?.isConverted || hasAttribute(attributes, 'sea_orm', 'select_as'))
    return { ...type, name: type.text, category: 'unknown' };
  if (!attributes.some(({ name, entries }) => name === 'sqlx' && entries.some(({ key }) => key === 'json')))
    return type;
  return { text: type.text, name: 'Json<T>', category: 'json', nullable: type.nullable, dimensions: 0 };
}

function columnOf(
  { columns: style }: StructFacts,
  { attributes, name, taken }: RustField,
): Pick<DeclaredField, 'column'> {
  const named = [
    [taken?.column, 'the code that takes it out of a row'],
    [attributeValue(attributes, 'sqlx', 'rename'), '#[sqlx(rename)]'],
    [attributeValue(attributes, 'diesel', 'column_name'), '#[diesel(column_name)]'],
    [attributeValue(attributes, 'column_name', 'column_name'), '#[column_name]'],
    [attributeValue(attributes, 'sea_orm', 'column_name'), '#[sea_orm(column_name)]'],
  ] as const;
  const [explicit] = named.filter(([column]) => column !== undefined);
  const mayJoin = taken?.mayJoin ? { mayJoin: true as const } : {};
  if (explicit?.[0] !== undefined) return { column: { name: explicit[0], by: explicit[1], ...mayJoin } };
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

/** Types of SeaORM that hold the rows of other tables. */
const relations = new Set(['HasOne', 'HasMany', 'BelongsTo']);

const map = /^(?:\w+\s*::\s*)*(?:HashMap|BTreeMap|IndexMap|Map)\b/;
const mapOrJson = /^(?:\w+\s*::\s*)*(?:HashMap|BTreeMap|IndexMap|Map|Value)\b/;

/**
 * The attribute that takes a field out of the row. Serde's `skip` does so only where serde fills the struct and no
 * database library does.
 */
function skippedBy(
  { filledBySerde, byStatement }: StructFacts,
  { attributes, type, taken }: RustField,
  { name }: DeclaredType,
): Pick<DeclaredField, 'skipped' | 'ofStatement'> {
  if (taken && taken.column === undefined) return { skipped: 'code of its own fills it' };
  if (hasAttribute(attributes, 'sqlx', 'skip')) return { skipped: '#[sqlx(skip)]' };
  if (hasAttribute(attributes, 'sqlx', 'flatten')) return { skipped: '#[sqlx(flatten)]' };
  if (hasAttribute(attributes, 'diesel', 'skip')) return { skipped: '#[diesel(skip)]' };
  if (filledBySerde && hasAttribute(attributes, 'diesel', 'skip_insertion'))
    return { skipped: '#[diesel(skip_insertion)]' };
  if (byStatement && hasAttribute(attributes, 'diesel', 'sql_type'))
    return { skipped: '#[diesel(sql_type)]', ofStatement: true };
  if (hasAttribute(attributes, 'diesel', 'select_expression')) return { skipped: '#[diesel(select_expression)]' };
  if (hasAttribute(attributes, 'diesel', 'embed')) return { skipped: '#[diesel(embed)]' };
  if (hasAttribute(attributes, 'sea_orm', 'ignore')) return { skipped: '#[sea_orm(ignore)]' };
  if (relations.has(type.name)) return { skipped: `${type.name} is a relation` };
  if (type.name === 'PhantomData') return { skipped: 'PhantomData holds nothing' };
  // A flattened map takes the keys that are left, and is no column. A database library reads a JSON value from a
  // column,
  // but a map only where an attribute says so.
  const takesKeys = filledBySerde ? mapOrJson.test(name) : map.test(name) && !hasAttribute(attributes, 'sqlx', 'json');
  if (takesKeys && hasAttribute(attributes, 'serde', 'flatten')) return { skipped: '#[serde(flatten)]' };
  const skips = ['skip', 'skip_deserializing'].some((key) => hasAttribute(attributes, 'serde', key));
  return filledBySerde && skips ? { skipped: '#[serde(skip)]' } : {};
}
