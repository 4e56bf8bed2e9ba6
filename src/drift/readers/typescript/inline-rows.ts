import type ts from '@typescript/typescript6';
import type { DeclaredModel } from '../../declared.js';
import { membersOf, membersOfType } from './members.js';
import { override } from './override.js';
import { lastName, type RowPart } from './row-parts.js';
import type { Scope, TypeScript } from './shape.js';

/** The type of a row that is written where its statement is read: `query<{ total: number }>('SELECT …')`. */
export interface InlineRow {
  readonly name: string;
  /** What the function around it is called. */
  readonly place: string;
  readonly file: string;
  readonly line: number;
  /** The parts of the type, of which the last one with a field says its type. */
  readonly parts: readonly RowPart[];
}

/**
 * Names the types of rows of a file by the functions that they stand in: `the row type of getTask`. Several in a
 * function are counted.
 */
export function createInlineNames(typescript: TypeScript): (at: ts.Node) => Pick<InlineRow, 'name' | 'place'> {
  const counts = new Map<string, number>();
  return (at) => {
    const place = placeOf(typescript, at);
    const count = (counts.get(place) ?? 0) + 1;
    counts.set(place, count);
    return { place, name: `the row type of ${place}${count === 1 ? '' : ` (${count})`}` };
  };
}

/** What the function around a node is called, `Tasks.find`; outside of functions, the name of the file. */
function placeOf(typescript: TypeScript, at: ts.Node): string {
  for (let node = at; node; node = node.parent) {
    const name = typescript.isFunctionLike(node) ? nameOf(typescript, node) : undefined;
    if (name !== undefined) return name;
  }
  return at.getSourceFile().fileName.split('/').at(-1) ?? '';
}

/**
 * What a function is called: by its own name, by that of the constant or the property that it is, also behind calls
 * that wrap it, `const find = cached(() => …)`, or by the text beside it: `get('/tasks/:id')` of a route.
 */
function nameOf(typescript: TypeScript, func: ts.SignatureDeclaration): string | undefined {
  let node: ts.Node = func;
  for (; typescript.isCallExpression(node.parent) && node.parent.expression !== node; node = node.parent) {
    const { arguments: given, expression } = node.parent;
    const [first] = given;
    if (first && typescript.isStringLiteralLike(first)) return `${lastName(expression)}('${first.text}')`;
  }
  const { parent } = node;
  const isValue =
    typescript.isVariableDeclaration(parent) ||
    typescript.isPropertyAssignment(parent) ||
    typescript.isPropertyDeclaration(parent);
  const named = isValue ? parent : func;
  const name = named.name && typescript.isIdentifier(named.name) ? named.name.text : undefined;
  const owner = typescript.isClassLike(named.parent) ? named.parent.name?.text : undefined;
  return name === undefined || owner === undefined ? name : `${owner}.${name}`;
}

/** The model of such a type; undefined where its fields cannot be read. */
export function inlineModel(scope: Scope, { name, place, file, line, parts }: InlineRow): DeclaredModel | undefined {
  const members = parts.map((part) =>
    scope.ts.isInterfaceDeclaration(part)
      ? membersOf(scope, { name, file, line, node: part, comments: '', adjacent: '' })
      : membersOfType(scope, part),
  );
  if (members.includes(undefined)) return undefined;
  const fields = override(members.map((list) => list ?? []));
  return {
    name,
    // The count in its name changes where another type comes before it; its place and its fields stay.
    path: JSON.stringify([file, place, fields.map((field) => field.name)]),
    language: 'typescript',
    file,
    line,
    construct: 'type',
    profile: 'typescript',
    tables: [],
    role: { kind: 'other', reason: 'it is written where a statement is read' },
    readsRows: false,
    isInline: true,
    fields,
  };
}
