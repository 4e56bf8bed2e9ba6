import type ts from '@typescript/typescript6';
import type { Scope } from './shape.js';

export type Typed = ts.ClassDeclaration | ts.InterfaceDeclaration;

/** A class or an interface, and the declared ones that it inherits from, nearest first. */
export function lineage(scope: Scope, node: Typed): readonly Typed[] {
  const found = new Set<Typed>([node]);
  // Walking a set visits what is added meanwhile.
  for (const one of found)
    for (const { expression } of extended(scope, one)) {
      const parent = scope.names.find(expression.getText(), expression)?.node;
      if (parent && (scope.ts.isClassDeclaration(parent) || scope.ts.isInterfaceDeclaration(parent))) found.add(parent);
    }
  return [...found];
}

export function extended({ ts }: Scope, node: Typed): readonly ts.ExpressionWithTypeArguments[] {
  return (node.heritageClauses ?? [])
    .filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
    .flatMap(({ types }) => [...types]);
}
