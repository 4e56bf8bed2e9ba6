import type ts from '@typescript/typescript6';
import type { TypeScript } from './shape.js';

/** What reading Drizzle's declarations needs: the values of all constants, by name. */
export interface DrizzleScope {
  readonly ts: TypeScript;
  readonly all: readonly { readonly name: string; readonly value: ts.Expression }[];
  readonly values: ReadonlyMap<string, ts.Expression>;
  /** What functions return that do nothing else: `const id = () => uuid().primaryKey()`. */
  readonly returns: ReadonlyMap<string, Returned>;
  /** The value of a constant, or the expression itself. */
  readonly resolve: (node: ts.Expression) => ts.Expression;
  /** Whether a called function is Drizzle's: its file imports it from there, whatever has that name elsewhere. */
  readonly isDrizzles: (called: ts.Expression) => boolean;
}

/** What a function returns, and the names of its parameters. */
export interface Returned {
  readonly value: ts.Expression;
  readonly parameters: readonly string[];
}

export function scopeOf(typescript: TypeScript, sources: readonly ts.SourceFile[]): DrizzleScope {
  const all: { name: string; value: ts.Expression }[] = [];
  const returns = new Map<string, Returned>();
  const add = (name: string, { body, parameters }: ts.FunctionDeclaration | ts.ArrowFunction) => {
    const value = returned(typescript, body);
    if (value) returns.set(name, { value, parameters: parameters.map((one) => one.name.getText()) });
  };
  for (const statement of sources.flatMap(({ statements }) => [...statements])) {
    if (typescript.isFunctionDeclaration(statement) && statement.name) add(statement.name.text, statement);
    if (!typescript.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!typescript.isIdentifier(name) || !initializer) continue;
      all.push({ name: name.text, value: unwrapped(typescript, initializer) });
      if (typescript.isArrowFunction(initializer)) add(name.text, initializer);
    }
  }
  const values = new Map(all.map(({ name, value }) => [name, value]));
  const keyOf = (file: ts.SourceFile, name: string) => `${name} ${file.fileName}`;
  const own = new Map(all.map(({ name, value }) => [keyOf(value.getSourceFile(), name), value]));
  const imported = new Set(sources.flatMap((file) => fromDrizzle(typescript, file).map((name) => keyOf(file, name))));
  const resolve = (node: ts.Expression): ts.Expression => {
    const inner = unwrapped(typescript, node);
    if (!typescript.isIdentifier(inner)) return inner;
    return own.get(keyOf(inner.getSourceFile(), inner.text)) ?? values.get(inner.text) ?? inner;
  };
  const isDrizzles = (called: ts.Expression) => imported.has(keyOf(called.getSourceFile(), called.getText()));
  return { ts: typescript, all, values, returns, resolve, isDrizzles };
}

/** The names that a file imports from Drizzle: `import { text } from 'drizzle-orm/pg-core'`. */
function fromDrizzle(typescript: TypeScript, { statements }: ts.SourceFile): readonly string[] {
  return statements.flatMap((statement) => {
    if (!typescript.isImportDeclaration(statement)) return [];
    const bindings = statement.importClause?.namedBindings;
    if (!bindings || !typescript.isNamedImports(bindings)) return [];
    if (!/^['"]drizzle-orm\b/.test(statement.moduleSpecifier.getText())) return [];
    return bindings.elements.map(({ name }) => name.text);
  });
}

/** The expression that the last statement of a function returns. Of `a ? b : c` it is `b`: both are of one type. */
export function returned(typescript: TypeScript, body: ts.ConciseBody | undefined): ts.Expression | undefined {
  if (!body) return undefined;
  if (!typescript.isBlock(body)) return unwrapped(typescript, body);
  const last = body.statements.at(-1);
  const written = last && typescript.isReturnStatement(last) ? last.expression : undefined;
  const value = written && typescript.isConditionalExpression(written) ? written.whenTrue : written;
  const constants = body.statements.flatMap((one) =>
    typescript.isVariableStatement(one) ? [...one.declarationList.declarations] : [],
  );
  const constant = constants.find(({ name }) => name.getText() === value?.getText())?.initializer;
  return value && unwrapped(typescript, constant ?? value);
}

/** An expression without parentheses, `as const` and `satisfies`. */
function unwrapped(typescript: TypeScript, node: ts.Expression): ts.Expression {
  let inner = node;
  while (
    typescript.isParenthesizedExpression(inner) ||
    typescript.isAsExpression(inner) ||
    typescript.isSatisfiesExpression(inner) ||
    typescript.isNonNullExpression(inner)
  )
    inner = inner.expression;
  return inner;
}

/** Last name of what is called: `pgTable` of `core.pgTable('users', …)`. */
export function callName(call: ts.CallExpression): string {
  return call.expression.getText().split('.').at(-1)?.trim() ?? '';
}

/** Splits `integer('id').notNull().unique()` into the first call and the calls on what it gives. */
export function chainOf(typescript: TypeScript, node: ts.Expression) {
  const calls: ts.CallExpression[] = [];
  let inner = unwrapped(typescript, node);
  let base: ts.CallExpression | undefined;
  while (typescript.isCallExpression(inner)) {
    const { expression } = inner;
    if (typescript.isPropertyAccessExpression(expression) && typescript.isCallExpression(expression.expression)) {
      calls.push(inner);
      inner = expression.expression;
      continue;
    }
    base = inner;
    break;
  }
  return { base, calls: calls.reverse() };
}

export function textOf(scope: DrizzleScope, node: ts.Expression): string | undefined {
  const value = scope.resolve(node);
  return scope.ts.isStringLiteralLike(value) ? value.text : undefined;
}

/** The object of columns: written out, a constant's, or what a callback returns: `(t) => ({ id: t.uuid() })`. */
export function objectOf(scope: DrizzleScope, node: ts.Expression): ts.ObjectLiteralExpression | undefined {
  const { ts: typescript } = scope;
  const value = scope.resolve(node);
  if (typescript.isObjectLiteralExpression(value)) return value;
  if (typescript.isArrowFunction(value)) {
    const result = returned(typescript, value.body);
    return result && objectOf(scope, result);
  }
  const result = typescript.isCallExpression(value) ? scope.returns.get(callName(value))?.value : undefined;
  return result && typescript.isObjectLiteralExpression(result) ? result : undefined;
}

/** The value of a key of an object. */
export function optionOf(scope: DrizzleScope, node: ts.Expression | undefined, key: string): ts.Expression | undefined {
  const value = node && scope.resolve(node);
  if (!value || !scope.ts.isObjectLiteralExpression(value)) return undefined;
  const property = value.properties.find((candidate) => candidate.name?.getText() === key);
  return property && scope.ts.isPropertyAssignment(property) ? property.initializer : undefined;
}
