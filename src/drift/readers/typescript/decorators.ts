import type ts from '@typescript/typescript6';
import type { Scope } from './shape.js';

/**
 * A decorator: `@Column('text', { name: 'x' })` → name `Column`, first `text`, options `{ name: 'x' }`. Only values
 * that are strings or `true` are read.
 */
export interface DecoratorFact {
  readonly name: string;
  readonly first?: string;
  /** The type of an embedded object: `Name` of `@Column(() => Name)`. */
  readonly embeds?: string;
  /** Names of all options, whatever their values. */
  readonly given: ReadonlySet<string>;
  readonly options: Readonly<Record<string, string>>;
  /** Names of the options whose value is `true`. */
  readonly flags: ReadonlySet<string>;
}

export function decoratorFacts({ ts }: Scope, node: ts.Node): readonly DecoratorFact[] {
  if (!ts.canHaveDecorators(node)) return [];
  return (ts.getDecorators(node) ?? []).map(({ expression }) => {
    if (!ts.isCallExpression(expression))
      return { name: lastName(expression), given: new Set<string>(), options: {}, flags: new Set<string>() };
    const [first] = expression.arguments;
    const options = expression.arguments
      .filter((argument) => ts.isObjectLiteralExpression(argument))
      .flatMap(({ properties }) => [...properties]);
    return {
      name: lastName(expression.expression),
      ...(first && ts.isStringLiteralLike(first) ? { first: first.text } : {}),
      ...(first && ts.isArrowFunction(first) && ts.isIdentifier(first.body) ? { embeds: first.body.text } : {}),
      given: new Set(options.flatMap(({ name }) => (name ? [name.getText()] : []))),
      options: Object.fromEntries(
        options.flatMap((property) =>
          ts.isPropertyAssignment(property) && ts.isStringLiteralLike(property.initializer)
            ? [[property.name.getText(), property.initializer.text]]
            : [],
        ),
      ),
      flags: new Set(
        options.flatMap((property) =>
          ts.isPropertyAssignment(property) && property.initializer.kind === ts.SyntaxKind.TrueKeyword
            ? [property.name.getText()]
            : [],
        ),
      ),
    };
  });
}

function lastName(expression: ts.Expression): string {
  return expression.getText().split('.').at(-1) ?? '';
}
