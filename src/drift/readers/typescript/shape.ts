import type ts from '@typescript/typescript6';
import type { DeclaredField, DeclaredType } from '../../declared.js';
import type { CountFields } from '../count-fields.js';

export type TypeScript = typeof ts;

/** A type, class or schema that may be a model, with its place. */
export interface Declaration {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly node:
    | ts.InterfaceDeclaration
    | ts.TypeAliasDeclaration
    | ts.ClassDeclaration
    | ts.EnumDeclaration
    | ts.VariableDeclaration;
  /** Comments before it. */
  readonly comments: string;
}

/** A property as a reader found it; the parts that a later `Partial` or `Omit` may still change. */
export type Member = DeclaredField;

/** What can be found out about a declaration. */
export interface Facts {
  readonly type: ResolvedTs;
  readonly members: readonly Member[] | undefined;
  readonly keys: readonly string[] | undefined;
  readonly isKeyed: boolean;
  readonly zodType: ResolvedTs;
  readonly isZodObject: boolean;
}

export type Found = { readonly [Fact in keyof Facts]: Map<Declaration, Facts[Fact]> };

/** What was found out so far, and what is being looked at just now. */
export interface Visits {
  /** Names of declarations being looked at, each because the one before refers to it. */
  readonly path: Set<string>;
  /** Whether a circle or the longest path ended the search somewhere: what was found then depends on where it began. */
  isCut: boolean;
  /** Facts that hold wherever they are asked for. */
  readonly settled: Found;
  /** Facts that hold while the first declaration of the path is looked at. */
  readonly passing: Found;
  /** Hears of the fields of each list of members that is made. */
  readonly count: CountFields;
}

/** What resolving needs everywhere: the parser, and the declarations of all given files by name. */
export interface Scope {
  readonly ts: TypeScript;
  readonly declarations: ReadonlyMap<string, Declaration>;
  readonly visits: Visits;
}

export interface ResolvedTs {
  readonly type: DeclaredType;
  readonly model?: string;
}

export function lineOf({ ts }: Pick<Scope, 'ts'>, node: ts.Node): number {
  const source = node.getSourceFile();
  return ts.getLineAndCharacterOfPosition(source, node.getStart(source)).line + 1;
}

export function oneLine(node: ts.Node): string {
  return node.getText().replace(/\s+/g, ' ');
}
