import type ts from '@typescript/typescript6';
import type { DeclaredField } from '../../declared.js';
import type { DeclaredType } from '../../declared-type.js';
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
  /** Comments before the declaration. */
  readonly comments: string;
  /** Those of them that no empty line separates from it. */
  readonly adjacent: string;
}

/** A property of a declaration, which a later `Partial` or `Omit` may still change. */
export interface Member extends DeclaredField {
  /** Whether a decorator of a class makes it a column. */
  readonly decorated?: true;
  /** Why a property of a class is no column, if the class is an entity: no decorator makes it one. */
  readonly undecorated?: string;
}

/** Facts that are looked up for a declaration. */
export interface Facts {
  readonly type: ResolvedTs;
  readonly members: readonly Member[] | undefined;
  readonly keys: readonly string[] | undefined;
  readonly isKeyed: boolean;
  readonly zodType: ResolvedTs;
  readonly isZodObject: boolean;
}

export type Found = { readonly [Fact in keyof Facts]: Map<Declaration, Facts[Fact]> };

/** Facts found so far, and the path of the search that is going on. */
export interface Visits {
  /** The declarations on the search's path; each refers to the next. */
  readonly path: Set<Declaration>;
  /** Whether the search ended early, in a circle or at the longest path. Its facts then depend on where it began. */
  isCut: boolean;
  /** Facts that hold for every search. */
  readonly settled: Found;
  /** Facts that hold for the current search only. */
  readonly passing: Found;
  /** Counts the fields of each list of members. */
  readonly count: CountFields;
}

/** Finds the declaration that a name stands for at a place in the code. */
export interface Names {
  /**
   * The declaration of a name such as `Row` or `rows.Row`: that of the file itself, else what the file imports under
   * the name, else the only one of that name. Undefined where no given file declares it.
   */
  readonly find: (name: string, at: ts.Node) => Declaration | undefined;
  /** The module that the file around a node imports a name from, as written: `./money`. */
  readonly importedFrom: (name: string, at: ts.Node) => string | undefined;
  /** That module's file, if it is one of the project's. */
  readonly moduleOf: (name: string, at: ts.Node) => string | undefined;
}

/** Everything that resolving needs: the compiler, and the declarations of all given files. */
export interface Scope {
  readonly ts: TypeScript;
  readonly names: Names;
  readonly visits: Visits;
  /** Functions that make a column decorator of another. */
  readonly columnMakers: ReadonlySet<string>;
  /** Functions that make a decorator by which a property gives other values than its column. */
  readonly converters: ReadonlySet<string>;
  /** What `init` of Sequelize says of the columns of classes without decorators, by their declarations. */
  readonly attributes: ReadonlyMap<ts.Node, Attributes>;
  /** Names of all functions that the given files declare. */
  readonly functions: ReadonlySet<string>;
}

/** The arguments of `init` for a class: `User.init({ name: DataTypes.STRING }, { timestamps: false })`. */
export interface Attributes {
  readonly columns: ts.Expression;
  readonly options: ts.Expression;
}

/**
 * A model of Sequelize without a class: `sequelize.define('User', { name: DataTypes.STRING }, { timestamps: false })`.
 */
export interface Definition {
  readonly name: ts.Expression;
  readonly columns: ts.Expression;
  readonly options: ts.Expression | undefined;
  /** The type of its instances: `UserInstance` of `define<UserInstance>`. */
  readonly instance: ts.TypeNode | undefined;
}

/** A relation by which a model of Sequelize gets a foreign key: `Post.belongsTo(Agency, { foreignKey: 'agencyId' })`. */
export interface Belonging {
  readonly model: ts.Expression;
  readonly target: ts.Expression;
  readonly options: ts.Expression | undefined;
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
