import type { Node } from 'web-tree-sitter';
import type { MadeTable } from '../../declared.js';
import type { SqlLiteral } from '../../declared-statement.js';
import { looksLikeSql, tablesMadeBy } from '../sql-literal.js';
import { builtStatement, running } from './built-text.js';
import { globsOf, importsIn, importsOf } from './crates.js';
import { expectedOf, textNamedBy } from './expected-type.js';
import { formattedText, fromFile, hole, holesIn, isIncluded, strings, textOf } from './formatted-text.js';
import { implementedAround } from './implementations.js';
import { type Meaning, meaningsIn } from './local-types.js';
import { hasQuestionMarks, withNumbers, withoutGaps } from './placeholders.js';
import { isPreamble } from './preamble.js';
import { isPrinted } from './printed-text.js';
import type { RustLiteral, RustStruct, TypeSyntax } from './syntax.js';
import { readsOneColumn, tupleOf } from './tuples.js';
import { readType } from './type-syntax.js';

/** Functions and macros of sqlx, and a function of Diesel, that read a statement's rows into a struct. */
const filling = /(?:^|::|\.)(?:query_as|query_as_unchecked|query_as_with|build_query_as|sql_query)$/;
/** Macros of sqlx that read a statement's rows into a struct, and the statement from a file. */
const fillingFromFile = /(?:^|::)query_file_as(?:_unchecked)?$/;

/** Macros of sqlx that have the compiler check a statement, and whose rows have a type without a name, or none. */
const checking = /^(?:sqlx\s*::\s*)?query(?:_scalar)?$/;

/** What a file's code does with SQL. */
interface Statements {
  readonly literals: RustLiteral[];
  /** The tuples that statements are read into. */
  readonly tuples: readonly RustStruct[];
}

/**
 * The SQL texts of a file. Of `query_as!(Task, "…")` and `query_as::<_, Task>("…")` each says which struct its rows are
 * read into.
 */
export function readStatements(root: Node, file: string, isRead: (node: Node) => boolean): Statements {
  const calls = macroCalls(root);
  const imported = importsIn(root);
  const imports = { modules: importsOf(imported), globs: globsOf(imported) };
  const meaning = meaningsIn(root);
  const fills = [...macroFills(calls, file, meaning), ...checkedIn(calls, file), ...callFills(root, file, meaning)]
    .filter(({ node }) => isRead(node))
    .map((fill) => withModules(fill, imports));
  const taken = new Set(fills.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  const others = root
    .descendantsOfType(strings)
    .flatMap((node) =>
      node && !taken.has(node.id) && isRead(node) && !isPrinted(node) ? [literalOf([node], file)] : [],
    )
    .filter(({ sql }) => looksLikeSql(sql));
  return {
    literals: [...fills.map(({ literal }) => withoutGaps(withNumbers(literal))), ...others]
      .filter((literal) => !hasQuestionMarks(literal))
      .sort((a, b) => a.line - b.line),
    tuples: fills.flatMap(({ tuple }) => tuple ?? []),
  };
}

/** The tables that the SQL texts of a file make. */
export function tablesMade(root: Node, file: string): MadeTable[] {
  if (!/\bcreate\b/i.test(root.text)) return [];
  return root
    .descendantsOfType(strings)
    .flatMap((node) => (node ? tablesMadeBy(textOf(node)) : []))
    .map(({ table, temporary, ifMissing }) => ({
      table,
      temporary,
      file,
      ...(ifMissing ? { everywhere: true as const } : {}),
    }));
}

interface Fill {
  readonly literal: RustLiteral;
  /** What stands before the name of the struct: `models::`. */
  readonly path?: string;
  readonly tuple?: RustStruct;
  /** The call that reads its rows. */
  readonly node: Node;
  /** The strings that the statement is made of. */
  readonly nodes: readonly Node[];
}

/** What a file imports: the modules of each name, and the modules of which it imports all names. */
interface Imports {
  readonly modules: ReadonlyMap<string, readonly string[]>;
  readonly globs: readonly string[];
}

/** Adds the modules, written or imported, that lead to the struct: `api_types`, `tags`. */
function withModules({ literal: bare, path = '', ...fill }: Fill, { modules: named, globs }: Imports): Fill {
  const literal = bare.into === undefined ? bare : { ...bare, typePath: `${path.replace(/\s/g, '')}${bare.into}` };
  const written = path.split('::').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  const [first = literal.into ?? '', ...others] = written;
  const imported = named.get(first);
  const modules = [...(imported ?? []), ...(written.length > 0 ? [first, ...others] : [])];
  const [start] = modules;
  if (start === undefined) return { ...fill, literal: globs.length === 0 ? literal : { ...literal, globs } };
  return { ...fill, literal: { ...literal, package: start, module: modules.at(-1) ?? start } };
}

/**
 * `query_as!(Task, "select " + "1", id)`: the first argument is the struct, the second the statement; of
 * `query_file_as!`, the path of its file.
 */
function macroFills(calls: readonly MacroCallNodes[], file: string, meaning: Meaning): Fill[] {
  return calls.flatMap(({ node, macro, tree }): Fill[] => {
    const isFile = fillingFromFile.test(macro);
    if (!isFile && !filling.test(macro)) return [];
    const [, text = ''] = /^[({[]\s*((?:\w+\s*::\s*)*\w+)/.exec(tree.text) ?? [];
    const type = meaning({ text, name: text.split(/::\s*/).at(-1) ?? '', arguments: [] }, node);
    const into = named(type.name, node);
    const [, statement = []] = partsOf(tree);
    const nodes = statement.filter(({ type }) => strings.includes(type));
    const [first] = nodes;
    if (into === undefined || !/^[A-Za-z]/.test(into) || !first) return [];
    const literal = literalOf(nodes, file);
    const read = isFile
      ? fromFile(literal, 'crate')
      : { ...literal, ...(isWhole(statement) ? {} : { dynamic: true as const }) };
    return [{ literal: { ...read, into, converts: true }, path: pathOf(type), node, nodes }];
  });
}

/** `query!("update tasks set done = true where id = $1", id)`. */
function checkedIn(calls: readonly MacroCallNodes[], file: string): Fill[] {
  return calls.flatMap(({ node, macro, tree }): Fill[] => {
    const [statement = []] = partsOf(tree);
    const nodes = statement.filter(({ type }) => strings.includes(type));
    if (!checking.test(macro) || nodes.length === 0 || !isWhole(statement)) return [];
    return [{ literal: { ...literalOf(nodes, file), checked: true }, node, nodes }];
  });
}

/** Whether a macro's argument is only strings. Where another macro makes the call, parts may be its own arguments. */
function isWhole(argument: readonly Node[]): boolean {
  return argument.every(({ type }) => strings.includes(type) || '({[+]})'.includes(type));
}

interface MacroCallNodes {
  readonly node: Node;
  readonly macro: string;
  readonly tree: Node;
}

/** The calls of macros, also those among the tokens of another macro's arguments or rules. */
function macroCalls(root: Node): readonly MacroCallNodes[] {
  const calls = root.descendantsOfType('macro_invocation').flatMap((node): MacroCallNodes[] => {
    const tree = node?.namedChildren.find((child) => child?.type === 'token_tree');
    return node && tree ? [{ node, macro: node.childForFieldName('macro')?.text ?? '', tree }] : [];
  });
  const inside = root.descendantsOfType('token_tree').flatMap((tokens): MacroCallNodes[] => {
    const nodes = tokens?.children ?? [];
    return nodes.flatMap((node, index) => {
      const tree = nodes[index + 2];
      const isCall = node?.type === 'identifier' && nodes[index + 1]?.type === '!' && tree?.type === 'token_tree';
      return isCall ? [{ node, macro: node.text, tree }] : [];
    });
  });
  return [...calls, ...inside];
}

/** The tokens between the commas of a macro's arguments. */
function partsOf(tree: Node): readonly (readonly Node[])[] {
  const parts: Node[][] = [[]];
  for (const node of tree.children) {
    if (node?.type === ',') parts.push([]);
    else if (node && !isPreamble(node)) parts.at(-1)?.push(node);
  }
  return parts;
}

/**
 * `query_as::<_, Task>("select 1")`: the last type argument is the struct. `query_as("select 1")` is read into what its
 * function or its `let` says.
 */
function callFills(root: Node, file: string, meaning: Meaning): Fill[] {
  return root.descendantsOfType('call_expression').flatMap((call): Fill[] => {
    const called = call?.childForFieldName('function');
    const isGeneric = called?.type === 'generic_function';
    const name = (isGeneric ? called.childForFieldName('function') : called)?.text ?? '';
    if (!call || !(filling.test(name) || (isGeneric && readsOneColumn(name)))) return [];
    const said = isGeneric ? lastParameter(called) : expectedOf(call);
    const type = said && !readsOneColumn(name) ? meaning(said, call) : said;
    const into = named(type?.name, call);
    if (type === undefined || into === undefined || into === '_') return [];
    const { literal, nodes } = running.test(name) ? builtStatement(call, root, file) : statementGiven(call, root, file);
    const tuple = tupleOf(name, type, literal);
    if (tuple) return [{ literal: { ...literal, into: tuple.name }, tuple, node: call, nodes }];
    if (into === '()') return [];
    return [{ literal: { ...literal, into }, path: pathOf(type), node: call, nodes }];
  });
}

/** The statement that a call is given. */
function statementGiven(call: Node, root: Node, file: string): Pick<Fill, 'literal' | 'nodes'> {
  const statement = call.childForFieldName('arguments')?.namedChildren.find((part) => part && !isPreamble(part));
  const given = (statement && textNamedBy(statement, root)) ?? statement;
  const nodes = (given?.descendantsOfType(strings) ?? []).filter((node) => node !== null);
  return { literal: literalGiven(given, nodes, root, { file, line: call.startPosition.row + 1 }), nodes };
}

/** The text that a call is given: a string, or what is known of an expression that makes one of `strings`. */
function literalGiven(
  given: Node | undefined,
  nodes: readonly Node[],
  root: Node,
  place: Pick<SqlLiteral, 'file' | 'line'>,
): SqlLiteral {
  if (given && strings.includes(given.type)) return literalOf(nodes, place.file);
  const whole = given?.type === 'reference_expression' ? (given.childForFieldName('value') ?? given) : given;
  if (whole && isIncluded(whole)) return fromFile(literalOf(nodes, place.file), 'code');
  const made = whole && formattedText(whole, root);
  const literal = given && beginsWithText(given, nodes) ? literalOf(nodes, place.file) : { ...place, sql: '' };
  if (made === undefined) return { ...literal, dynamic: true };
  return { file: literal.file, line: literal.line, sql: beginsWithHole.test(made) ? '' : made, ...holesIn(made) };
}

/** Whether the first part of a text is written out. What another part begins may define names: `WITH tasks AS …`. */
function beginsWithText({ text, startIndex }: Node, [first]: readonly Node[]): boolean {
  return first !== undefined && !/[\w)\]]\s*[,+]\s*$/.test(text.slice(0, first.startIndex - startIndex));
}

const beginsWithHole = new RegExp(String.raw`^\s*${hole.source}`);

/** The name of a type; for `Self`, that of the `impl` around the code. */
function named(name: string | undefined, node: Node): string | undefined {
  return name === 'Self' ? implementedAround(node) : name;
}

/** What stands before the name of a type: `models::` of `models::Task`. */
function pathOf(type: TypeSyntax | undefined): string {
  return /^(?:\w+\s*::\s*)*/.exec(type?.text ?? '')?.[0] ?? '';
}

function lastParameter(called: Node): TypeSyntax | undefined {
  const types = called.childForFieldName('type_arguments')?.namedChildren.filter((child) => child !== null) ?? [];
  const last = types.at(-1);
  return last && readType(last);
}

function literalOf(nodes: readonly Node[], file: string): SqlLiteral {
  const sql = nodes.map(textOf).join('');
  const line = (nodes[0]?.startPosition.row ?? 0) + 1;
  return { file, line, sql, ...holesIn(sql) };
}
