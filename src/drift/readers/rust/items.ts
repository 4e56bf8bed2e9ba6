import type { Node, Parser } from 'web-tree-sitter';
import type { SourceText, SqlLiteral, Unread } from '../../declared.js';
import { readAttribute } from './attributes.js';
import { dieselTables } from './diesel-tables.js';
import { readStatements } from './statements.js';
import type { Attribute, MacroCall, RustField, RustItems, RustStruct, RustTypeItem } from './syntax.js';
import { readType } from './type-syntax.js';

/** Deepest modules inside modules that are read; nobody writes deeper ones. */
const deepestModule = 64;

/** Reads the items of one file. Function bodies are searched for SQL only: a struct inside a function is no model. */
export function readItems(parser: Parser, { file, text }: SourceText): RustItems {
  const tree = parser.parse(text);
  if (!tree) return { ...emptyItems(), unread: [broken(file, file, 1, 'the parser gave up')] };
  try {
    const found = collect(tree.rootNode, file);
    return {
      ...found,
      unread: [...found.unread, ...syntaxErrors(tree.rootNode, file)],
      literals: readStatements(tree.rootNode, file),
    };
  } finally {
    tree.delete();
  }
}

type Found = {
  [Key in
    | 'structs'
    | 'types'
    | 'macroCalls'
    | 'structMacros'
    | 'unread'
    | 'tables'
    | 'implementations']: RustItems[Key][number][];
};

const emptyItems = (): Found & { literals: SqlLiteral[] } => ({
  structs: [],
  types: [],
  macroCalls: [],
  structMacros: [],
  unread: [],
  literals: [],
  tables: [],
  implementations: [],
});

function collect(root: Node, file: string): Found {
  const found: Found = emptyItems();
  const pending: { list: Node; modules: readonly string[] }[] = [{ list: root, modules: [] }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { list, modules } = next;
    let pieces = noPreamble();
    for (const node of list.namedChildren) {
      if (!node) continue;
      const body = node.type === 'mod_item' ? node.childForFieldName('body') : undefined;
      if (body && modules.length < deepestModule) pending.push({ list: body, modules: [...modules, nameOf(node)] });
      else if (body) found.unread.push(broken(nameOf(node), file, lineOf(node), 'its modules are nested too deeply'));
      if (isPreamble(node)) addPreamble(pieces, node);
      else {
        addItem(found, node, pieces, { modules, file });
        pieces = noPreamble();
      }
    }
  }
  return found;
}

/** Attributes and doc comments before an item. */
interface Preamble {
  readonly attributes: Attribute[];
  readonly doc: string[];
}

const noPreamble = (): Preamble => ({ attributes: [], doc: [] });

function isPreamble({ type }: Node): boolean {
  return type === 'attribute_item' || type === 'line_comment' || type === 'block_comment';
}

function addPreamble({ attributes, doc }: Preamble, node: Node): void {
  const text = node.childForFieldName('doc')?.text;
  if (node.type === 'attribute_item') for (const attribute of readAttribute(node)) attributes.push(attribute);
  else if (text !== undefined) doc.push(text.trim());
}

/** File and modules of an item. */
interface Place {
  readonly modules: readonly string[];
  readonly file: string;
}

function addItem(found: Found, node: Node, preamble: Preamble, place: Place): void {
  switch (node.type) {
    case 'struct_item':
      addStruct(found, node, preamble, place);
      return;
    case 'type_item':
      found.types.push({
        name: nameOf(node),
        kind: 'alias',
        attributes: preamble.attributes,
        ...target(node.childForFieldName('type')),
      });
      return;
    case 'enum_item':
      found.types.push({
        name: nameOf(node),
        kind: 'enum',
        attributes: preamble.attributes,
        ...representation(preamble.attributes),
      });
      return;
    case 'macro_definition':
      // A macro that makes `struct $name(i64);` makes types of ids, and no models.
      if (/\bstruct\s+[\w$#]+\s*(?:<[^{;(]*)?\{/.test(node.text)) found.structMacros.push(nameOf(node));
      return;
    case 'impl_item':
      addImplementation(found, node);
      return;
    case 'macro_invocation':
      addMacroCall(found, node, place.file);
      return;
    case 'expression_statement': {
      const call = node.firstNamedChild;
      if (call?.type === 'macro_invocation') addMacroCall(found, call, place.file);
    }
  }
}

function addMacroCall(found: Found, node: Node, file: string): void {
  const tables = dieselTables(node, file);
  for (const table of tables) found.tables.push(table);
  if (tables.length === 0) found.macroCalls.push(macroCall(node, file));
}

function addImplementation(found: Found, node: Node): void {
  const [trait, type] = ['trait', 'type'].map((field) => node.childForFieldName(field));
  if (trait && type) found.implementations.push({ trait: readType(trait).name, type: readType(type).name });
}

/**
 * Adds a struct: one with named fields as a struct, one with a single unnamed field as a newtype. Others hold no
 * columns.
 */
function addStruct(found: Found, node: Node, { attributes, doc }: Preamble, { modules, file }: Place): void {
  const name = nameOf(node);
  const body = node.childForFieldName('body');
  if (body?.type === 'field_declaration_list') {
    const fields = readFields(body);
    found.structs.push({
      name,
      path: [...modules, name].join('::'),
      file,
      line: lineOf(node),
      doc: doc.join('\n'),
      attributes,
      fields,
    } satisfies RustStruct);
  } else if (body?.type === 'ordered_field_declaration_list') {
    const types = body.childrenForFieldName('type').filter((type) => type !== null);
    if (types.length === 1)
      found.types.push({ name, kind: 'newtype', attributes, ...target(types[0] ?? null) } satisfies RustTypeItem);
  }
}

function readFields(body: Node): readonly RustField[] {
  const fields: RustField[] = [];
  let pieces = noPreamble();
  for (const node of body.namedChildren) {
    if (!node) continue;
    if (isPreamble(node)) {
      addPreamble(pieces, node);
      continue;
    }
    const type = node.childForFieldName('type');
    if (node.type === 'field_declaration' && type) {
      const name = nameOf(node);
      // Of a pair under `#[cfg(…)]` only one is compiled.
      if (!fields.some((field) => field.name === name))
        fields.push({ name, line: lineOf(node), attributes: pieces.attributes, type: readType(type) });
    }
    pieces = noPreamble();
  }
  return fields;
}

function target(type: Node | null): Pick<RustTypeItem, 'target'> {
  return type ? { target: readType(type) } : {};
}

function representation(attributes: readonly Attribute[]): Pick<RustTypeItem, 'repr'> {
  const repr = attributes.find(({ name }) => name === 'repr')?.entries[0]?.key;
  return repr === undefined ? {} : { repr };
}

function macroCall(node: Node, file: string): MacroCall {
  const macro = node.childForFieldName('macro')?.text ?? '';
  const inside = node.text.slice(macro.length + 1);
  const argument = /[A-Za-z_]\w*/.exec(inside)?.[0];
  const structs = [...inside.matchAll(/\bstruct\s+(?:r#)?([A-Za-z_]\w*)\s*(?:<[^{;(]*)?\{/g)].map(
    ([, name = '']) => name,
  );
  return { macro, structs, file, line: lineOf(node), ...(argument === undefined ? {} : { argument }) };
}

/**
 * Syntax errors of a file, at most one for each item. Errors inside a function hide no model, unless a brace is missing
 * and the function has swallowed one.
 */
function syntaxErrors(root: Node, file: string): readonly Unread[] {
  if (!root.hasError) return [];
  const reason = 'the text is not valid Rust';
  const damaged = root.namedChildren.filter((item) => item?.hasError).flatMap((item) => item ?? []);
  if (root.type === 'ERROR' || damaged.length === 0) return [broken(file, file, 1, reason)];
  const isCode = ({ type, text }: Node) =>
    (type === 'function_item' || type === 'impl_item') && !/\bstruct\b/.test(text);
  return damaged
    .filter((item) => !isCode(item))
    .map((item) => broken(item.childForFieldName('name')?.text ?? file, file, lineOf(item), reason));
}

function broken(name: string, file: string, line: number, reason: string): Unread {
  return { name, file, line, reason, broken: true };
}

/** Name of an item; a raw name, `r#type`, is `type`. */
function nameOf(node: Node): string {
  return (node.childForFieldName('name')?.text ?? '').replace(/^r#/, '');
}

/** Line of the name of an item, not of an attribute above it. */
function lineOf(node: Node): number {
  return (node.childForFieldName('name') ?? node).startPosition.row + 1;
}
