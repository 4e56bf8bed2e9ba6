/**
 * Writes the config's JSON Schema, for editors, and its reference, docs/config.md. Their structure comes from the
 * validation, their descriptions from the doc comments of the types. A test compares the committed files. Run it with
 * `npm run config-schema`.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { Shape } from '../src/config/shape.js';
import { configShape, configVersion } from '../src/config/validate.js';
import { configPage, type Schema } from './config-page.js';

export const schemaFile = fileURLToPath(new URL('../config.schema.json', import.meta.url));
export const pageFile = fileURLToPath(new URL('../docs/config.md', import.meta.url));

type Json = { readonly [key: string]: unknown };

/** The complete text of the schema. Functions are omitted, because JSON has none. */
export function configSchema(): string {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'The config of rowsmith',
    ...schemaOf(configShape, [configType()]),
  };
  return `${JSON.stringify(schema, null, 1)}\n`;
}

/**
 * The schema of one place of the config.
 * @param types The members of the place's type if it is a union, otherwise the type itself.
 */
function schemaOf(shape: Shape, types: readonly ts.Type[]): Json {
  switch (shape.kind) {
    case 'string':
    case 'boolean':
      return { type: shape.kind };
    case 'optional string':
      return { type: 'string' };
    case 'seconds':
      return { type: 'number', exclusiveMinimum: 0 };
    case 'function':
      return { not: {} };
    case 'scalar':
      return { type: ['string', 'number', 'boolean'] };
    case 'true':
    case 'false':
      return { const: shape.kind === 'true' };
    case 'version':
      return { const: configVersion };
    case 'one of':
      return { enum: shape.values };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'module reference':
      return { type: 'string', pattern: '#' };
    case 'list':
      return {
        type: 'array',
        items: schemaOf(
          shape.of,
          types.flatMap((type) => members(checker.getIndexTypeOfType(type, ts.IndexKind.Number))),
        ),
      };
    case 'object':
      return objectSchema(shape, types);
    case 'either': {
      const possible = shape.of.filter(({ kind }) => kind !== 'function').map((one) => schemaOf(one, types));
      return possible.length === 1 ? (possible[0] as Json) : { anyOf: possible };
    }
  }
}

function objectSchema({ keys, required, rest }: Extract<Shape, { kind: 'object' }>, types: readonly ts.Type[]): Json {
  const properties = Object.entries(keys).map(([key, shape]) => {
    const symbols = types.flatMap((type) => checker.getPropertyOfType(type, key) ?? []);
    const description = symbols
      .map((symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker)))
      .find((text) => text !== '');
    const found = symbols.flatMap((symbol) => members(checker.getTypeOfSymbol(symbol)));
    return [
      key,
      {
        ...(description === undefined ? {} : { description: description.replaceAll('\n', ' ') }),
        ...schemaOf(shape, found),
      },
    ];
  });
  return {
    type: 'object',
    ...(properties.length > 0 ? { properties: Object.fromEntries(properties) as Json } : {}),
    ...(required && required.length > 0 ? { required } : {}),
    additionalProperties: rest
      ? schemaOf(
          rest,
          types.flatMap((type) => members(checker.getIndexTypeOfType(type, ts.IndexKind.String))),
        )
      : false,
  };
}

const file = fileURLToPath(new URL('../src/config/config.ts', import.meta.url));
const program = ts.createProgram([file], { strict: true, noEmit: true, module: ts.ModuleKind.NodeNext });
const checker = program.getTypeChecker();

function configType(): ts.Type {
  const source = program.getSourceFile(file);
  const declaration = source?.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === 'Config',
  );
  if (!declaration) throw new Error('config.ts declares no Config.');
  return checker.getTypeAtLocation(declaration);
}

function members(type: ts.Type | undefined): readonly ts.Type[] {
  if (type === undefined) return [];
  return type.isUnion() ? type.types : [type];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(schemaFile, configSchema());
  writeFileSync(pageFile, configPage(JSON.parse(configSchema()) as Schema));
}
