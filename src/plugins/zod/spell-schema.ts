import { objectKey, type Schema, spellType, stringLiteral, type TsType, type TypeNames } from '../index.js';
import type { ValueSchema } from './values.js';

/** How a module of schemas refers to what it imports. */
export interface SchemaNames {
  readonly schema: Schema;
  readonly types: TypeNames;
  /** A value of `types.ts`. */
  readonly value: (name: string) => string;
  /** One of the user's Standard Schemas. */
  readonly standard: (module: string, name: string) => string;
  /** A schema of `runtime/zod.ts`. */
  readonly runtime: (name: ValueSchema) => string;
  /** The schema of a number. */
  readonly number: () => string;
}

/**
 * The zod schema of a type, spelled: `string | null` → `z.string().nullable()`. Whatever parses has the type, and every
 * value of the type that the database returns parses.
 */
export function spellSchema(type: TsType, names: SchemaNames): string {
  const spell = (inner: TsType) => spellSchema(inner, names);
  switch (type.kind) {
    case 'builtin':
      return builtinSchema(type.name, names);
    case 'literal':
      return `z.literal(${spellLiteral(type.value)})`;
    case 'helper':
      return helperSchema(type.name, names);
    case 'enum':
      return enumSchema(type.name, names);
    case 'brand':
      return brandSchema(type.name, names);
    case 'composite':
      return compositeSchema(type.name, names);
    case 'imported':
      if (type.schema) return `${names.runtime('checkedBy')}(${names.standard(type.module, type.name)})`;
      return `${names.runtime('typed')}<${spellType(type, names.types)}>()`;
    case 'json text':
      return `${names.runtime('jsonText')}<${spellType(type.of, names.types)}>()`;
    case 'array':
      return `z.array(${spell(type.element)})`;
    case 'nested array':
      return `${names.runtime('nestedArray')}(${spell(type.element)})`;
    case 'range':
      return `${names.runtime('range')}(${spell(type.bound)})`;
    case 'union':
      return unionSchema(type.members, names);
  }
}

function unionSchema(members: readonly TsType[], names: SchemaNames): string {
  const has = (name: string) => members.some((member) => member.kind === 'builtin' && member.name === name);
  const literals = members.flatMap((member) => (member.kind === 'literal' ? [member.value] : []));
  const isMissing = (member: TsType) =>
    member.kind === 'builtin' && (member.name === 'null' || member.name === 'undefined');
  const others = members.filter((member) => member.kind !== 'literal' && !isMissing(member));
  const schemas = [
    ...(literals.length > 0 ? [literalsSchema(literals)] : []),
    ...others.map((member) => spellSchema(member, names)),
  ];
  const one = schemas.length > 1 ? `z.union([${schemas.join(', ')}])` : schemas[0];
  const orNull = one === undefined ? 'z.null()' : `${one}${has('null') ? '.nullable()' : ''}`;
  return `${orNull}${has('undefined') ? '.optional()' : ''}`;
}

function literalsSchema(values: readonly (string | number)[]): string {
  const list = values.map(spellLiteral).join(', ');
  return values.every((value) => typeof value === 'string') ? `z.enum([${list}])` : `z.literal([${list}])`;
}

const spellLiteral = (value: string | number) => (typeof value === 'string' ? stringLiteral(value) : String(value));

function builtinSchema(name: Extract<TsType, { kind: 'builtin' }>['name'], { number, runtime }: SchemaNames): string {
  switch (name) {
    case 'number':
      return number();
    case 'Buffer':
      return runtime('buffer');
    case 'Uint8Array':
      return runtime('bytes');
    case 'Date':
      return 'z.date()';
    default:
      return `z.${name}()`;
  }
}

type HelperName = Extract<TsType, { kind: 'helper' }>['name'];

/**
 * Schemas of `runtime/zod.ts` for helper types. `NestedArray` and `Range` are omitted, because they take a schema of
 * their elements.
 */
const helpers: { readonly [Helper in HelperName]?: ValueSchema } = {
  Json: 'json',
  JsonInput: 'jsonInput',
  Interval: 'interval',
  Point: 'point',
  Circle: 'circle',
  UtcTimestamp: 'utcTimestamp',
};

function helperSchema(name: HelperName, names: SchemaNames): string {
  const known = helpers[name];
  return known ? names.runtime(known) : `${names.runtime('jsonText')}<${names.types.declared('Json')}>()`;
}

function enumSchema(name: string, { schema, value }: SchemaNames): string {
  return `z.enum(${value(named(schema.enums, name).valuesName)})`;
}

function brandSchema(name: string, names: SchemaNames): string {
  const { base } = named(names.schema.brands, name);
  return `${spellSchema(base, names)}.transform((id) => id as ${names.types.declared(name)})`;
}

function compositeSchema(name: string, names: SchemaNames): string {
  const { attributes } = named(names.schema.composites, name);
  const fields = attributes.map((attribute) => `${objectKey(attribute.name)}: ${spellSchema(attribute.type, names)}`);
  return `z.object({ ${fields.join(', ')} })`;
}

function named<Model extends { readonly name: string }>(models: readonly Model[], name: string): Model {
  const found = models.find((model) => model.name === name);
  if (!found) throw new Error(`The schema declares no type ${name}.`);
  return found;
}
