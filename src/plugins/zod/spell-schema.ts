import { stringLiteral, objectKey, spellType, type Schema, type TsType, type TypeNames } from '../index.js';
import type { ValueSchema } from './values.js';

/** How a module of schemas refers to what it does not declare. */
export interface SchemaNames {
  readonly schema: Schema;
  readonly types: TypeNames;
  /** A value of `types.ts`. */
  readonly value: (name: string) => string;
  /** A Standard Schema of the user's. */
  readonly standard: (module: string, name: string) => string;
  /** A schema of `runtime/zod.ts`. */
  readonly runtime: (name: ValueSchema) => string;
  /** What numbers are held to. */
  readonly number: () => string;
}

/** The zod schema of a type: what parses has the type, and whatever the database gives of the type parses. */
export function spellSchema(type: TsType, names: SchemaNames): string {
  const spell = (inner: TsType) => spellSchema(inner, names);
  switch (type.kind) {
    case 'builtin':
      return builtinSchema(type.name, names);
    case 'literal':
      return `z.literal(${spellLiteral(type.value)})`;
    case 'shared':
      return sharedSchema(type.name, names);
    case 'imported':
      return type.schema ? `${names.runtime('checkedBy')}(${names.standard(type.module, type.name)})` : `${names.runtime('typed')}<${spellType(type, names.types)}>()`;
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
  const others = members.filter((member) => member.kind !== 'literal' && !(member.kind === 'builtin' && (member.name === 'null' || member.name === 'undefined')));
  const schemas = [...(literals.length > 0 ? [literalsSchema(literals)] : []), ...others.map((member) => spellSchema(member, names))];
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

const helpers: { readonly [shared: string]: ValueSchema } = { Json: 'json', JsonInput: 'jsonInput', Interval: 'interval', Point: 'point', Circle: 'circle' };

/** An enum, the id of a table, a composite type, or a helper type of `types.ts`. */
function sharedSchema(name: string, names: SchemaNames): string {
  const { enums, brands, composites } = names.schema;
  const found = enums.find((candidate) => candidate.name === name);
  if (found) return `z.enum(${names.value(found.valuesName)})`;
  const brand = brands.find((candidate) => candidate.name === name);
  if (brand) return `${spellSchema(brand.base, names)}.transform((id) => id as ${names.types.shared(name)})`;
  const composite = composites.find((candidate) => candidate.name === name);
  if (composite) return `z.object({ ${composite.attributes.map((attribute) => `${objectKey(attribute.name)}: ${spellSchema(attribute.type, names)}`).join(', ')} })`;
  const helper = helpers[name];
  return helper ? names.runtime(helper) : `${names.runtime('jsonText')}<${names.types.shared('Json')}>()`;
}
