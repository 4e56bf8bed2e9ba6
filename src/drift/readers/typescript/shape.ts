import type ts from '@typescript/typescript6';
import type { DeclaredField, DeclaredType } from '../../declared.js';

export type TypeScript = typeof ts;

/** A type, class or schema that may be a model, with its place. */
export interface Declaration {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.ClassDeclaration | ts.EnumDeclaration | ts.VariableDeclaration;
  /** Comments before it. */
  readonly comments: string;
}

/** A property as a reader found it; the parts that a later `Partial` or `Omit` may still change. */
export type Member = DeclaredField;

/** What resolving needs everywhere: the parser, and the declarations of all given files by name. */
export interface Scope {
  readonly ts: TypeScript;
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** Aliases being resolved, so that a circle ends. */
  readonly visiting: ReadonlySet<string>;
}

export interface ResolvedTs {
  readonly type: DeclaredType;
  readonly model?: string;
}

/** Enters a declaration, unless it is being resolved already or the chain is too long. */
export function enter(scope: Scope, name: string): Scope | undefined {
  if (scope.visiting.has(name) || scope.visiting.size > 32) return undefined;
  return { ...scope, visiting: new Set([...scope.visiting, name]) };
}

export function lineOf({ ts }: Pick<Scope, 'ts'>, node: ts.Node): number {
  const source = node.getSourceFile();
  return ts.getLineAndCharacterOfPosition(source, node.getStart(source)).line + 1;
}

export function oneLine(node: ts.Node): string {
  return node.getText().replace(/\s+/g, ' ');
}
