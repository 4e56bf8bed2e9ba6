import type { Node, Parser, Tree } from 'web-tree-sitter';
import type { DeclaredModel, SourceText } from '../../declared.js';
import { importedBy } from './crates.js';
import { dieselTables } from './diesel-tables.js';
import { withEntities } from './expanded-entities.js';
import { insertedBeside } from './inserted-beside.js';
import { labelledEnums } from './labelled-enums.js';
import { type LocalStruct, localStructs } from './local-structs.js';
import { macroCall } from './macro-calls.js';
import { structsWrittenOut } from './made-of-rows.js';
import { withPlainTypes } from './plain-types.js';
import { addPreamble, isPreamble, noPreamble, type Preamble, preambleOf } from './preamble.js';
import { ofProgram } from './program-code.js';
import { isOfRow, withRowsByHand } from './rows-by-hand.js';
import { readStatements, tablesMade } from './statements.js';
import { nameOf, readFields } from './struct-fields.js';
import type { Attribute, RustItems, RustStruct, RustTypeItem } from './syntax.js';
import { broken, lineOf, syntaxErrors } from './syntax-errors.js';
import { readType } from './type-syntax.js';
import { withoutAliases } from './use-aliases.js';
import { usedTypes } from './used-types.js';

/** Deepest modules inside modules that are read; nobody writes deeper ones. */
const deepestModule = 64;

/**
 * Reads the items of one file. Function bodies are searched for SQL only: a struct inside a function is a model where a
 * statement of that function fills it.
 */
export function readItems(parser: Parser, { file, text }: SourceText): RustItems {
  const tree = parseText(parser, text);
  if (!tree) return { ...emptyItems(), unread: [broken(file, file, 1, 'the parser gave up')] };
  try {
    const isRead = ofProgram(tree.rootNode);
    const { literals, tuples } = readStatements(tree.rootNode, file, isRead);
    const collected = collect(tree.rootNode, file, isRead);
    collected.structs.push(...tuples);
    for (const struct of localStructs(tree.rootNode, literals))
      addLocal(collected, struct, { modules: [], file, isRead });
    const structs = withRowsByHand(withEntities(collected.structs, tree.rootNode), tree.rootNode);
    const found = withoutAliases({ ...collected, structs }, tree.rootNode);
    return {
      ...found,
      unread: [...found.unread, ...syntaxErrors(tree.rootNode, file, isRead)],
      literals,
      made: tablesMade(tree.rootNode, file),
      insertedBeside: insertedBeside(tree.rootNode),
      writtenOut: structsWrittenOut(tree.rootNode, isRead),
      used: usedTypes(tree.rootNode),
      enums: labelledEnums(tree.rootNode, file, isRead),
    };
  } finally {
    tree.delete();
  }
}

/** Parses a text; if it seems not to be valid, once more in forms that the grammar knows. */
function parseText(parser: Parser, text: string): Tree | null {
  const tree = parser.parse(text);
  const plain = tree?.rootNode.hasError ? withPlainTypes(text) : text;
  if (plain === text) return tree;
  tree?.delete();
  return parser.parse(plain);
}

type Found = {
  [Key in
    | 'structs'
    | 'types'
    | 'macroCalls'
    | 'structMacros'
    | 'unread'
    | 'tables'
    | 'imports'
    | 'implementations']: RustItems[Key][number][];
};

const emptyItems = (): Found & RustItems => ({
  structs: [],
  types: [],
  macroCalls: [],
  structMacros: [],
  unread: [],
  literals: [],
  insertedBeside: [],
  writtenOut: [],
  used: [],
  enums: [],
  made: [],
  tables: [],
  imports: [],
  implementations: [],
});

function collect(root: Node, file: string, isRead: (node: Node) => boolean): Found {
  const found: Found = emptyItems();
  const pending: { list: Node; modules: readonly string[] }[] = [{ list: root, modules: [] }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { list, modules } = next;
    let pieces = noPreamble();
    for (const node of list.namedChildren) {
      if (!node) continue;
      if (!isRead(node)) {
        pieces = noPreamble();
        continue;
      }
      const body = node.type === 'mod_item' ? node.childForFieldName('body') : undefined;
      if (body && modules.length < deepestModule) pending.push({ list: body, modules: [...modules, nameOf(node)] });
      else if (body) found.unread.push(broken(nameOf(node), file, lineOf(node), 'its modules are nested too deeply'));
      if (isPreamble(node)) addPreamble(pieces, node);
      else {
        addItem(found, node, pieces, { modules, file, isRead });
        pieces = noPreamble();
      }
    }
  }
  return found;
}

/** File and modules of an item. */
interface Place {
  readonly modules: readonly string[];
  readonly file: string;
  readonly scope?: DeclaredModel['scope'];
  readonly isRead: (node: Node) => boolean;
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
        ...(node.hasError ? {} : target(node.childForFieldName('type'))),
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
      addMacroCall(found, node, place);
      return;
    case 'expression_statement': {
      const call = node.firstNamedChild;
      if (call?.type === 'macro_invocation') addMacroCall(found, call, place);
      return;
    }
    case 'use_declaration':
      for (const name of importedBy(node)) found.imports.push({ ...name, file: place.file, modules: place.modules });
  }
}

/** Adds a struct of a function, with the function's lines, outside of which nothing knows it. */
function addLocal(found: Found, { node, body }: LocalStruct, place: Place): void {
  const pieces = noPreamble();
  for (const before of preambleOf(node)) addPreamble(pieces, before);
  addStruct(found, node, pieces, {
    ...place,
    scope: { from: body.startPosition.row + 1, to: body.endPosition.row + 1 },
  });
}

function addMacroCall(found: Found, node: Node, { file, modules }: Place): void {
  const tables = dieselTables(node, { file, modules });
  for (const table of tables) found.tables.push(table);
  if (tables.length === 0) found.macroCalls.push(macroCall(node, file));
}

function addImplementation(found: Found, node: Node): void {
  const [trait, type] = ['trait', 'type'].map((field) => node.childForFieldName(field));
  if (!trait || !type) return;
  const { name, arguments: given } = readType(trait);
  const of = given[0]?.name;
  found.implementations.push({
    trait: isOfRow(node) ? 'FromRow' : name,
    type: readType(type).name,
    ...(of === undefined ? {} : { of }),
  });
}

/**
 * Adds a struct: one with named fields as a struct, one with a single unnamed field as a newtype. Others hold no
 * columns.
 */
function addStruct(
  found: Found,
  node: Node,
  { attributes, doc }: Preamble,
  { modules, file, scope, isRead }: Place,
): void {
  const name = nameOf(node);
  const body = node.childForFieldName('body');
  if (body?.type === 'field_declaration_list') {
    const fields = readFields(body, isRead);
    found.structs.push({
      name,
      path: [...modules, name].join('::'),
      file,
      line: lineOf(node),
      doc: doc.join('\n'),
      attributes,
      fields,
      ...(scope === undefined ? {} : { scope }),
    } satisfies RustStruct);
  } else if (body?.type === 'ordered_field_declaration_list') {
    const types = body.childrenForFieldName('type').filter((type) => type !== null);
    if (types.length === 1)
      found.types.push({ name, kind: 'newtype', attributes, ...target(types[0] ?? null) } satisfies RustTypeItem);
  }
}

function target(type: Node | null): Pick<RustTypeItem, 'target'> {
  return type ? { target: readType(type) } : {};
}

function representation(attributes: readonly Attribute[]): Pick<RustTypeItem, 'repr'> {
  const repr = attributes.find(({ name }) => name === 'repr')?.entries[0]?.key;
  return repr === undefined ? {} : { repr };
}
