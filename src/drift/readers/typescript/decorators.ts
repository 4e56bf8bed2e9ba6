import type ts from '@typescript/typescript6';
import { constantOf, textOf } from './constants.js';
import type { Scope } from './shape.js';

/**
 * A decorator: `@Column('text', { name: 'x' })` → name `Column`, first `text`, options `{ name: 'x' }`. Only values
 * that are strings, `true` or `false` are read, also behind constants.
 */
export interface DecoratorFact {
  readonly name: string;
  readonly first?: string;
  /** The type that the first argument or the option `type` gives, as written: `numeric`, `DataType.VIRTUAL`. */
  readonly type?: string;
  /** The type of an embedded object: `Name` of `@Column(() => Name)`. */
  readonly embeds?: string;
  /** Names of all options, whatever their values. */
  readonly given: ReadonlySet<string>;
  readonly options: Readonly<Record<string, string>>;
  /** Names of the options whose value is `true`. */
  readonly flags: ReadonlySet<string>;
  /** Names of the options whose value is `false`. */
  readonly denied: ReadonlySet<string>;
  /** Names of the options whose value is `null`. */
  readonly nulls: ReadonlySet<string>;
  /** The options of a list: `@JoinColumn([{ name: 'a_id' }, { name: 'b_id' }])`. */
  readonly list: readonly Readonly<Record<string, string>>[];
}

const none: ReadonlySet<string> = new Set();
const bare = { given: none, options: {}, flags: none, denied: none, nulls: none, list: [] };

export function decoratorFacts(scope: Scope, node: ts.Node): readonly DecoratorFact[] {
  const { ts } = scope;
  if (!ts.canHaveDecorators(node)) return [];
  return (ts.getDecorators(node) ?? []).map(({ expression }) =>
    ts.isCallExpression(expression) ? ofCall(scope, expression) : { ...bare, name: lastName(expression) },
  );
}

function ofCall(scope: Scope, call: ts.CallExpression): DecoratorFact {
  return factOf(scope, lastName(call.expression), call.arguments);
}

/** What is said by the arguments of a decorator, or by the options of an attribute without one. */
export function factOf(scope: Scope, name: string, given: readonly ts.Expression[]): DecoratorFact {
  const { ts } = scope;
  const values = given.map((argument) => constantOf(scope, argument));
  const [first] = values;
  const properties = values.flatMap((value) => propertiesOf(scope, value));
  const named = (kind: ts.SyntaxKind) =>
    new Set(properties.filter(({ value }) => value?.kind === kind).map(({ name }) => name));
  return {
    name,
    ...firstOf(scope, first),
    ...typeOf(scope, first, properties),
    given: new Set(properties.map(({ name }) => name)),
    options: textsOf(scope, properties),
    flags: named(ts.SyntaxKind.TrueKeyword),
    denied: named(ts.SyntaxKind.FalseKeyword),
    nulls: named(ts.SyntaxKind.NullKeyword),
    list:
      first && ts.isArrayLiteralExpression(first)
        ? first.elements.map((element) => textsOf(scope, propertiesOf(scope, constantOf(scope, element))))
        : [],
  };
}

function firstOf(scope: Scope, first: ts.Expression | undefined): Partial<DecoratorFact> {
  const { ts } = scope;
  const text = textOf(scope, first);
  if (text !== undefined) return { first: text };
  return first && ts.isArrowFunction(first) && ts.isIdentifier(first.body) ? { embeds: first.body.text } : {};
}

function typeOf(
  { ts }: Scope,
  first: ts.Expression | undefined,
  properties: readonly Property[],
): Pick<DecoratorFact, 'type'> {
  const isOptions = !first || ts.isObjectLiteralExpression(first);
  const type = isOptions ? properties.find(({ name }) => name === 'type')?.value : first;
  if (!type) return {};
  return { type: ts.isStringLiteralLike(type) ? type.text : type.getText() };
}

/** How many objects may take properties from each other. */
const deepest = 8;

export interface Property {
  readonly name: string;
  readonly value?: ts.Expression;
}

/** The properties of an object, also those that it takes from another: `{ ...money, name: 'price' }`. */
export function propertiesOf(scope: Scope, object: ts.Expression, depth = 0): readonly Property[] {
  const { ts } = scope;
  if (!ts.isObjectLiteralExpression(object) || depth > deepest) return [];
  return object.properties.flatMap((property): readonly Property[] => {
    if (ts.isSpreadAssignment(property)) {
      const taken = constantOf(scope, property.expression);
      return propertiesOf(scope, taken, depth + 1);
    }
    const name = property.name.getText();
    if (ts.isShorthandPropertyAssignment(property)) return [{ name, value: constantOf(scope, property.name) }];
    return [ts.isPropertyAssignment(property) ? { name, value: constantOf(scope, property.initializer) } : { name }];
  });
}

function textsOf(scope: Scope, properties: readonly Property[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    properties.flatMap(({ name, value }): readonly (readonly [string, string])[] => {
      const text = textOf(scope, value);
      if (text !== undefined) return [[name, text]];
      // `{ column: { name: 'kind' } }` → `column.name`.
      const inner = name === 'column' && value ? textsOf(scope, propertiesOf(scope, value)) : {};
      return Object.entries(inner).map(([key, given]) => [`${name}.${key}`, given]);
    }),
  );
}

function lastName(expression: ts.Expression): string {
  return expression.getText().split('.').at(-1) ?? '';
}
