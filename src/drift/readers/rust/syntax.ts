import type { SqlLiteral, Unread } from '../../declared.js';

/** What one Rust file declares, before names are resolved across files. */
export interface RustItems {
  readonly structs: readonly RustStruct[];
  /** Aliases, newtypes and enums: what a field's type may stand for. */
  readonly types: readonly RustTypeItem[];
  readonly macroCalls: readonly MacroCall[];
  /** Macros of the file that expand to a struct. */
  readonly structMacros: readonly string[];
  readonly unread: readonly Unread[];
  readonly literals: readonly SqlLiteral[];
}

export interface RustStruct {
  readonly name: string;
  readonly path: string;
  readonly file: string;
  readonly line: number;
  readonly doc: string;
  readonly attributes: readonly Attribute[];
  readonly fields: readonly RustField[];
}

export interface RustField {
  readonly name: string;
  readonly line: number;
  readonly attributes: readonly Attribute[];
  readonly type: TypeSyntax;
}

/** `#[serde(rename = "x", skip)]` → name `serde`, entries `rename` = `x` and `skip`. */
export interface Attribute {
  readonly name: string;
  readonly entries: readonly { readonly key: string; readonly value?: string }[];
}

export interface RustTypeItem {
  readonly name: string;
  readonly kind: 'alias' | 'newtype' | 'enum';
  /** What an alias or a newtype stands for. */
  readonly target?: TypeSyntax;
  /** The integer of an enum with `#[repr(i32)]`. */
  readonly repr?: string;
}

/** A type as a tree of names: `Option<Vec<i64>>`. References are gone; a slice or an array is `[]`, a tuple `()`. */
export interface TypeSyntax {
  readonly text: string;
  /** The last part of a path. */
  readonly name: string;
  readonly arguments: readonly TypeSyntax[];
}

export interface MacroCall {
  readonly macro: string;
  /** Names after `struct` inside. */
  readonly structs: readonly string[];
  /** The first name inside. */
  readonly argument?: string;
  readonly file: string;
  readonly line: number;
}
