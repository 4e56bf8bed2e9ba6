import type ts from '@typescript/typescript6';
import type { TypeScript } from './shape.js';

export type LocalType = ts.TypeAliasDeclaration | ts.InterfaceDeclaration | ts.TypeParameterDeclaration;

/** The type that only the function around a place knows by a name: its parameter, or declared in it. */
export function localType(typescript: TypeScript, name: string, at: ts.Node): LocalType | undefined {
  for (let node = at; node; node = node.parent) {
    const statements = typescript.isBlock(node) ? node.statements : [];
    const declared = statements.flatMap((one): readonly LocalType[] =>
      typescript.isTypeAliasDeclaration(one) || typescript.isInterfaceDeclaration(one) ? [one] : [],
    );
    const parameters = typescript.isFunctionLike(node) ? (node.typeParameters ?? []) : [];
    const found = [...declared, ...parameters].find((one) => one.name.text === name);
    if (found) return found;
  }
  return undefined;
}
