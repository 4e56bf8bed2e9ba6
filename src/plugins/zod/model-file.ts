import {
  type Catalog,
  type ComputedField,
  docComment,
  fieldWrites,
  Imports,
  jsonValue,
  type OutputFile,
  objectKey,
  type PluginInput,
  type RelationModel,
  type StoredField,
  type TsType,
} from '../index.js';
import { type SchemaNames, spellSchema } from './spell-schema.js';
import type { ValueSchema } from './values.js';

/** One schema of a model: the interface whose values it parses, and its fields. */
interface ModelSchema {
  readonly name: string;
  readonly type: string;
  readonly doc: string;
  readonly make: 'z.object' | 'z.strictObject';
  readonly fields: readonly { readonly name: string; readonly schema: string; readonly comment?: string | undefined }[];
}

type Spell = (type: TsType, column?: string) => string;

/** The file `zod/<model>.ts` of a model. Calls `use` for each schema of `runtime/zod.ts` that it needs. */
export function modelFile(relation: RelationModel, input: PluginInput, use: (name: ValueSchema) => void): OutputFile {
  const { name, alias, file } = relation;
  const { extension } = input;
  const own = [
    name,
    `${name}Insert`,
    `${name}Update`,
    `${alias}Schema`,
    `${alias}InsertSchema`,
    `${alias}UpdateSchema`,
  ];
  const imports = new Imports(new Set(['z', 'values', ...own]), ['../types.js'], extension);
  const values = new Set<ValueSchema>();
  const spell = spelling(relation, input, imports, (value) => values.add(value));
  const schemas = schemasOf(relation, spell, (field) => statesSchema(relation, field, imports));
  for (const value of values) use(value);
  const lines = [
    `import { z } from 'zod';`,
    `import type { ${schemas.map(({ type }) => type).join(', ')} } from '../models/${file}${extension}';`,
    ...(values.size > 0 ? [`import * as values from '../runtime/zod${extension}';`] : []),
    ...imports.lines(),
  ];
  return { path: `zod/${file}.ts`, text: `${[lines.join('\n'), ...schemas.map(spellModelSchema)].join('\n\n')}\n` };
}

function schemasOf(
  { name, rowName, alias, stored, computed, insertable, updatable }: RelationModel,
  spell: Spell,
  ofState: (field: string) => string | undefined,
): ModelSchema[] {
  const named = ({ name, comment }: StoredField | ComputedField) => ({ name, comment });
  const field = (one: StoredField, type: TsType) => ({ ...named(one), schema: spell(type, one.column) });
  const given = ({ json }: StoredField, type: TsType) => (json ? jsonValue(type) : type);
  const optional = (type: TsType): TsType => ({
    kind: 'union',
    members: [...(type.kind === 'union' ? type.members : [type]), { kind: 'builtin', name: 'undefined' }],
  });
  const read: ModelSchema = {
    name: `${alias}Schema`,
    type: rowName,
    doc: `\`${rowName}\`, as a query reads it.`,
    make: 'z.object',
    fields: [
      ...stored.map((one) => ({ ...named(one), schema: ofState(one.name) ?? spell(one.fieldSelect, one.column) })),
      ...computed.map((one) => ({ ...named(one), schema: ofState(one.name) ?? spell(one.type) })),
    ],
  };
  const insert: ModelSchema = {
    name: `${alias}InsertSchema`,
    type: `${name}Insert`,
    doc: 'What can be inserted. Other keys are refused, including computed fields.',
    make: 'z.strictObject',
    fields: stored.flatMap((one) => {
      const { insert } = fieldWrites(one);
      if (!insert) return [];
      return [field(one, insert.optional ? optional(given(one, insert.type)) : given(one, insert.type))];
    }),
  };
  const update: ModelSchema = {
    name: `${alias}UpdateSchema`,
    type: `${name}Update`,
    doc: 'What can be updated. Other keys are refused, including computed fields.',
    make: 'z.strictObject',
    fields: stored.flatMap((one) => {
      const { update } = fieldWrites(one);
      return update ? [field(one, optional(given(one, update)))] : [];
    }),
  };
  return [read, ...(insertable ? [insert] : []), ...(updatable ? [update] : [])];
}

/**
 * The schema of a state whose type is known only from the list of states, such as a bigint, for which there are no
 * literals.
 */
function statesSchema({ file, stateMachines }: RelationModel, name: string, imports: Imports) {
  const machine = stateMachines.find(({ field }) => field === name);
  if (!machine?.states) return undefined;
  const members = machine.value.kind === 'union' ? machine.value.members : [machine.value];
  if (!members.some(({ kind }) => kind === 'builtin')) return undefined;
  const schema = `z.literal(${imports.value(`../models/${file}.js`, machine.valuesName)})`;
  return machine.type.kind === 'union' ? `${schema}.nullable()` : schema;
}

function spelling(
  relation: RelationModel,
  { catalog, schema, moduleSpecifier }: PluginInput,
  imports: Imports,
  use: (name: ValueSchema) => void,
): Spell {
  const specifier = (module: string) => imports.users(moduleSpecifier(module, 'zod'));
  const runtime = (name: ValueSchema) => {
    use(name);
    return `values.${name}`;
  };
  const names: Omit<SchemaNames, 'number'> = {
    schema,
    types: {
      declared: (name) => imports.type('../types.js', name),
      imported: (module, name) => imports.type(specifier(module), name),
    },
    value: (name) => imports.value('../types.js', name),
    standard: (module, name) => imports.value(specifier(module), name),
    runtime,
  };
  const integers = integerSchemas(catalog, relation);
  return (type, column = '') =>
    spellSchema(type, { ...names, number: () => integers.get(column) ?? runtime('anyNumber') });
}

/**
 * Schemas of integer columns by the column's name, each with the range of its type:
 * https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-INT
 */
function integerSchemas({ relations }: Catalog, { relation }: RelationModel): Map<string, string> {
  const found = relations.find(({ schema, name }) => schema === relation.schema && name === relation.name);
  const ranges: { readonly [type: string]: string } = {
    int2: 'z.int().min(-32768).max(32767)',
    int4: 'z.int32()',
    oid: 'z.uint32()',
  };
  return new Map(
    (found?.columns ?? []).flatMap(({ name, type }) => {
      const range = type.schema === undefined ? ranges[type.name] : undefined;
      return range === undefined ? [] : [[name, range]];
    }),
  );
}

function spellModelSchema({ name, type, doc, make, fields }: ModelSchema): string {
  const lines = fields.flatMap((field) => [...docComment(field.comment), `${objectKey(field.name)}: ${field.schema},`]);
  return [
    `/** ${doc} */`,
    `export const ${name} = ${make}({`,
    ...lines.map((line) => `  ${line}`),
    `}) satisfies z.ZodType<${type}>;`,
  ].join('\n');
}
