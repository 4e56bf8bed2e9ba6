import type ts from '@typescript/typescript6';
import { lineOf, type Place, shownPath, signsOf, walk, wordsOf } from './source.js';

/** The names of one part of a file, a statement or a method, with the place where each first occurs. */
export interface UsedNames {
  readonly file: string;
  /** Words: identifiers, and the words of strings. */
  readonly words: ReadonlyMap<string, Place>;
  /** Those of them that may name a column: properties, and the words of strings. */
  readonly members: ReadonlyMap<string, Place>;
  /** Texts between the words of strings: some names consist of nothing else. */
  readonly signs: ReadonlyMap<string, Place>;
}

interface Part {
  readonly words: Map<string, Place>;
  readonly members: Map<string, Place>;
  readonly signs: Map<string, Place>;
}

/** What a part of a file is looked through for. */
interface Looking {
  readonly compiler: typeof ts;
  readonly source: ts.SourceFile;
  /** Nodes whose words are known to name something. */
  readonly known: ReadonlySet<ts.Node>;
  /** Whether queries are known by their types, so that a string counts only as SQL. */
  readonly isTyped: boolean;
}

/** The names of a file, part by part: a column is used where its table is named near it. */
export function usedNames(looking: Looking): readonly UsedNames[] {
  const { compiler, source, known } = looking;
  const parts: Part[] = [];
  const file = shownPath(source.fileName);
  walk<Part>(compiler, source, newPart(parts), (node, outer) => {
    const part = beginsPart(compiler, node) ? newPart(parts) : outer;
    if (!known.has(node)) addWords(looking, node, part);
    return part;
  });
  return parts.filter(({ words, signs }) => words.size + signs.size > 0).map((part) => ({ file, ...part }));
}

function newPart(parts: Part[]): Part {
  const part: Part = { words: new Map(), members: new Map(), signs: new Map() };
  parts.push(part);
  return part;
}

/** Whether a part begins: a statement of the file, or a function of a class. */
function beginsPart(compiler: typeof ts, node: ts.Node): boolean {
  const { parent } = node;
  if (parent === undefined) return false;
  return compiler.isSourceFile(parent) || (compiler.isClassLike(parent) && compiler.isFunctionLike(node));
}

function addWords({ compiler, source, isTyped }: Looking, node: ts.Node, { words, members, signs }: Part): void {
  const place = { file: shownPath(source.fileName), line: lineOf(source, node) };
  const add = (to: Map<string, Place>, found: readonly string[]) => {
    for (const text of found) if (!to.has(text)) to.set(text, place);
  };
  if (compiler.isIdentifier(node)) {
    if (isDeclared(compiler, node)) return;
    add(words, [node.text]);
    if (namesMember(compiler, node)) add(members, [node.text]);
    return;
  }
  if (!compiler.isStringLiteralLike(node) && !compiler.isTemplateLiteralToken(node)) return;
  add(words, wordsOf(node.text));
  if (isTyped && !isSql(compiler, node)) return;
  add(members, wordsOf(node.text));
  add(signs, signsOf(node.text));
}

/** Whether an identifier is the name of a member of a type: an interface that lists all columns uses none of them. */
function isDeclared(compiler: typeof ts, { parent }: ts.Identifier): boolean {
  return parent !== undefined && compiler.isPropertySignature(parent);
}

/** Whether an identifier names a property: `row.reason`, `{ reason: … }`, `const { reason } = row`. */
function namesMember(compiler: typeof ts, node: ts.Identifier): boolean {
  const { parent } = node;
  if (compiler.isPropertyAccessExpression(parent) || compiler.isPropertyDeclaration(parent))
    return parent.name === node;
  if (compiler.isPropertyAssignment(parent)) return parent.name === node;
  if (compiler.isBindingElement(parent)) return (parent.propertyName ?? parent.name) === node;
  return compiler.isShorthandPropertyAssignment(parent) || compiler.isQualifiedName(parent);
}

/** Whether a string is a SQL text, or a piece of one. */
function isSql(compiler: typeof ts, node: ts.Node): boolean {
  let top: ts.Node = node;
  while (compiler.isTemplateSpan(top) || compiler.isTemplateExpression(top) || compiler.isTemplateLiteralToken(top))
    top = top.parent;
  if (compiler.isTaggedTemplateExpression(top)) return true;
  const text =
    compiler.isTemplateLiteralToken(node) && compiler.isTemplateExpression(node.parent)
      ? node.parent.getText()
      : node.getText();
  return /^[`'"]?\s*(?:--[^\n]*\n\s*)*(?:select|insert|update|delete|with|merge|create|alter)\b/i.test(text);
}
