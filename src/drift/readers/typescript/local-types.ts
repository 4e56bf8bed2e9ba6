import type ts from '@typescript/typescript6';
import type { TypeScript } from './shape.js';

export type LocalType = ts.TypeAliasDeclaration | ts.InterfaceDeclaration | ts.TypeParameterDeclaration;

/** The type that only the function around a place knows by a name: its parameter, or declared in it. */
export function localType(typescript: TypeScript, name: string, at: ts.Node): LocalType | undefined {
  for (let node = at; node; node = node.parent) {
    const declared = typescript.isBlock(node) ? declaredIn(typescript, node).get(name) : undefined;
    const parameters = typescript.isFunctionLike(node) ? node.typeParameters : undefined;
    const found = declared ?? parameters?.find((one) => one.name.text === name);
    if (found) return found;
  }
  return undefined;
}

/** The types of each block; one with many statements is searched once. */
const known = new WeakMap<ts.Block, ReadonlyMap<string, LocalType>>();

function declaredIn(typescript: TypeScript, block: ts.Block): ReadonlyMap<string, LocalType> {
  const before = known.get(block);
  if (before) return before;
  const found = new Map<string, LocalType>();
  for (const one of block.statements)
    if (typescript.isTypeAliasDeclaration(one) || typescript.isInterfaceDeclaration(one)) found.set(one.name.text, one);
  known.set(block, found);
  return found;
}
