import type ts from '@typescript/typescript6';
import type { DeclaredEnum, DeclaredModel, Unread } from '../../declared.js';
import { drizzleColumn } from './drizzle-column.js';
import { drizzleKeys } from './drizzle-keys.js';
import { callName, chainOf, type DrizzleScope, objectOf, returned, scopeOf, textOf } from './drizzle-scope.js';
import { lineOf, type TypeScript } from './shape.js';

interface Read {
  readonly models: readonly DeclaredModel[];
  readonly enums: readonly Omit<DeclaredEnum, 'isUsed'>[];
  /** Names of the functions that declare the columns. */
  readonly builders: readonly string[];
  readonly unread: readonly Unread[];
}

/**
 * Reads the tables, views and enums that files declare by Drizzle: `pgTable('users', { id: serial().primaryKey() })`.
 */
export function drizzleTables(
  typescript: TypeScript,
  sources: readonly ts.SourceFile[],
  imported: readonly ts.SourceFile[],
) {
  const scope = scopeOf(typescript, [...imported, ...sources]);
  const given = new Set(sources);
  const own = scope.all.filter(({ value }) => given.has(value.getSourceFile()));
  const parts = own.map(({ name, value }) => ({ name, ...declared(scope, name, value) }));
  const used = new Set(parts.flatMap(({ builders }) => builders));
  return {
    models: parts.flatMap(({ models }) => models),
    enums: parts.flatMap(({ name, enums }) => enums.map((one): DeclaredEnum => ({ ...one, isUsed: used.has(name) }))),
    unread: parts.flatMap(({ unread }) => unread),
  };
}

const nothing: Read = { models: [], enums: [], builders: [], unread: [] };

/** A call that makes something of the database: `pgTable(…)`, `auth.table(…)` of a `pgSchema('auth')`. */
interface Making {
  readonly kind: 'table' | 'view' | 'enum';
  readonly construct: string;
  readonly schema?: string;
  /** What a `pgTableCreator` makes of a table's name. */
  readonly rename: (name: string) => string | undefined;
  readonly arguments: readonly ts.Expression[];
}

function declared(scope: DrizzleScope, name: string, value: ts.Expression): Read {
  const { ts: typescript } = scope;
  const { base } = chainOf(typescript, value);
  const making = base && makingOf(scope, base);
  const [first, ...others] = making?.arguments ?? [];
  const written = first && textOf(scope, first);
  if (!making || !base) return nothing;
  const place = { file: base.getSourceFile().fileName, line: lineOf(scope, base) };
  const table = written === undefined ? undefined : making.rename(written);
  if (table === undefined)
    return { ...nothing, unread: [{ name, ...place, reason: 'its name is not written out', broken: true }] };
  const schema = making.schema === undefined ? {} : { schema: making.schema };
  if (making.kind === 'enum') {
    const labels = others[0] && labelsOf(scope, others[0]);
    return labels
      ? { ...nothing, enums: [{ name: table, ...schema, labels, ...place, construct: making.construct }] }
      : nothing;
  }
  const fields = others[0] && fieldsOf(scope, others[0]);
  // A view whose columns come of a query is as the query is.
  if (!fields && making.kind === 'view') return nothing;
  if (!fields)
    return { ...nothing, unread: [{ name, ...place, reason: 'its columns are not written out', broken: true }] };
  const facts = fields.map((column) => column.facts);
  const keyScope = { ...scope, tableNamed: (constant: string) => tableNamed(scope, constant) };
  const keys = making.kind === 'table' ? drizzleKeys(keyScope, facts, others[1], table) : undefined;
  const model: DeclaredModel = {
    name,
    path: name,
    language: 'drizzle',
    ...place,
    construct: making.construct,
    profile: 'drizzle',
    tables: [{ table, by: making.construct, ...schema }],
    role: { kind: 'row' },
    readsRows: true,
    covers: 'schema',
    ...(keys ? { inserts: true as const, keys } : {}),
    // A column of the primary key is NOT NULL, wherever the key is declared.
    fields: fields.map(({ field, facts: { name: column } }) =>
      keys?.primaryKey?.includes(column) ? { ...field, type: { ...field.type, nullable: false } } : field,
    ),
  };
  return { ...nothing, models: [model], builders: facts.map(({ builder }) => builder) };
}

/** The name of the table that a constant is: `app_users` of `const users = createTable('users', …)`. */
function tableNamed(scope: DrizzleScope, constant: string): string | undefined {
  const value = scope.values.get(constant);
  const { base } = value ? chainOf(scope.ts, value) : { base: undefined };
  const making = base && makingOf(scope, base);
  const name = making?.arguments[0] && textOf(scope, making.arguments[0]);
  return name === undefined ? undefined : making?.rename(name);
}

const kinds: Readonly<Record<string, Making['kind']>> = {
  pgTable: 'table',
  pgView: 'view',
  pgMaterializedView: 'view',
  pgEnum: 'enum',
};
const ofSchema: Readonly<Record<string, Making['kind']>> = {
  table: 'table',
  view: 'view',
  materializedView: 'view',
  enum: 'enum',
};

function makingOf(scope: DrizzleScope, call: ts.CallExpression): Making | undefined {
  const { ts: typescript } = scope;
  const name = callName(call);
  const same = (text: string) => text;
  const args = [...call.arguments];
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind) return { kind, construct: name, rename: same, arguments: args };
  const { expression } = call;
  if (typescript.isIdentifier(expression)) {
    const creator = scope.values.get(expression.text);
    if (!creator || !typescript.isCallExpression(creator) || callName(creator) !== 'pgTableCreator') return undefined;
    return { kind: 'table', construct: expression.text, rename: renamer(scope, creator), arguments: args };
  }
  const method = Object.hasOwn(ofSchema, name) ? ofSchema[name] : undefined;
  if (!method || !typescript.isPropertyAccessExpression(expression)) return undefined;
  const schema = scope.values.get(expression.expression.getText());
  if (!schema || !typescript.isCallExpression(schema) || callName(schema) !== 'pgSchema') return undefined;
  const [named] = schema.arguments;
  const text = named && textOf(scope, named);
  return {
    kind: method,
    construct: `${expression.expression.getText()}.${name}`,
    ...(text === undefined ? {} : { schema: text }),
    rename: same,
    arguments: args,
  };
}

/** The name that ``pgTableCreator((name) => `app_${name}`)`` makes of a name; undefined if its code cannot be read. */
function renamer(scope: DrizzleScope, creator: ts.CallExpression): Making['rename'] {
  const { ts: typescript } = scope;
  const make = creator.arguments[0] && scope.resolve(creator.arguments[0]);
  const body = make && typescript.isArrowFunction(make) ? returned(typescript, make.body) : undefined;
  const parameter = make && typescript.isArrowFunction(make) ? make.parameters[0]?.name.getText() : undefined;
  const part = (node: ts.Expression, name: string) => (node.getText() === parameter ? name : textOf(scope, node));
  return (name) => {
    if (!body) return undefined;
    if (!typescript.isTemplateExpression(body)) return part(body, name);
    const parts = body.templateSpans.map(({ expression, literal }) => [part(expression, name), literal.text]);
    return parts.some(([text]) => text === undefined) ? undefined : body.head.text + parts.flat().join('');
  };
}

function labelsOf(scope: DrizzleScope, node: ts.Expression): readonly string[] | undefined {
  const { ts: typescript } = scope;
  const value = scope.resolve(node);
  if (!typescript.isArrayLiteralExpression(value)) return undefined;
  const labels = value.elements.map((element) => textOf(scope, element));
  return labels.some((label) => label === undefined) ? undefined : labels.flatMap((label) => label ?? []);
}

type Column = NonNullable<ReturnType<typeof drizzleColumn>>;

/** The columns of a table, those that are spread from other objects in their places. */
function fieldsOf(scope: DrizzleScope, node: ts.Expression, depth = 0): readonly Column[] | undefined {
  const object = objectOf(scope, node);
  if (!object || depth > 8) return undefined;
  const columns: Column[] = [];
  for (const property of object.properties) {
    if (scope.ts.isSpreadAssignment(property)) {
      const inner = fieldsOf(scope, property.expression, depth + 1);
      if (!inner) return undefined;
      columns.push(...inner);
      continue;
    }
    const value = propertyValue(scope, property);
    const key = property.name?.getText().replace(/^['"]|['"]$/g, '');
    const column = value && key !== undefined ? drizzleColumn(scope, key, value, property) : undefined;
    if (!column) return undefined;
    columns.push(column);
  }
  return columns;
}

function propertyValue({ ts: typescript, values }: DrizzleScope, property: ts.ObjectLiteralElementLike) {
  if (typescript.isPropertyAssignment(property)) return property.initializer;
  // A getter gives each table a column of its own: `get id() { return uuid('id').notNull() }`.
  if (typescript.isGetAccessorDeclaration(property)) return returned(typescript, property.body);
  return typescript.isShorthandPropertyAssignment(property) ? values.get(property.name.text) : undefined;
}
