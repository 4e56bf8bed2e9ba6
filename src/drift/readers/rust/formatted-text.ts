import type { Node } from 'web-tree-sitter';
import type { SqlLiteral } from '../../declared-statement.js';
import { isPreamble } from './preamble.js';

/** A string as it is written in code: `"select 1"`, `r#"select 1"#`. */
export const strings = ['string_literal', 'raw_string_literal'];

/** What `format!` replaces: `{columns}`, `{:?}`. In quotes, `'{}'` is an empty object of JSON. */
export const hole = /(?<!')\{[\w.]*(?::[^{}]*)?\}(?!')/;

/** Facts of a text with parts that `format!` replaces: it is no complete statement, and may give other columns. */
export function holesIn(sql: string): Pick<SqlLiteral, 'dynamic' | 'givesOthers'> {
  if (!hole.test(sql)) return {};
  const selected = /\b(?:select|returning)\b(?:(?!\bfrom\b)[\s\S])*/i.exec(sql)?.[0] ?? '';
  return { dynamic: true, ...(hole.test(selected) ? { givesOthers: true } : {}) };
}

/** The text of a string. */
export function textOf({ type, text: written }: Node): string {
  const text = written.replace(/^b?r?#*"|"#*$/g, '');
  if (type !== 'string_literal') return text;
  return text
    .replace(/\\\r?\n\s*/g, '')
    .replace(/\\n/g, '\n')
    .replace(/\\(["'\\])/g, '$1');
}

/**
 * The text that `format!` makes, with the constants of the file in their places: `SELECT id, name FROM tasks` of
 * `format!("SELECT {COLUMNS} FROM tasks")` and of `format!("SELECT {} FROM tasks", COLUMNS)`. What is only known at run
 * time stays a hole. Undefined for anything else.
 */
export function formattedText(macro: Node, root: Node): string | undefined {
  const tree = macro.type === 'macro_invocation' ? macro.namedChildren.at(-1) : undefined;
  if (!tree || !/(?:^|::)format$/.test(macro.childForFieldName('macro')?.text ?? '')) return undefined;
  const [[first, ...more] = [], ...others] = argumentsOf(tree);
  if (!first || more.length > 0 || !strings.includes(first.type)) return undefined;
  // A call on a constant, `COLUMNS.replace("a", "b")`, makes another text of it.
  const places = others.map(([place, ...rest]) => (rest.length === 0 ? (place?.text ?? '') : ''));
  let next = 0;
  return textOf(first).replace(/\{(\w*)\}/g, (written, name: string) => {
    const constant = constantNamed(name === '' ? (places[next++] ?? '') : name, root);
    return constant === undefined ? written : textOf(constant);
  });
}

/** Whether a macro gives the text of one file, `include_str!("get.sql")`, whose path is a string. */
export function isIncluded(macro: Node): boolean {
  const tree = macro.type === 'macro_invocation' ? macro.namedChildren.at(-1) : undefined;
  const [[path, ...more] = []] = tree ? argumentsOf(tree) : [];
  const name = macro.childForFieldName('macro')?.text ?? '';
  return /(?:^|::)include_str$/.test(name) && path !== undefined && strings.includes(path.type) && more.length === 0;
}

/** A statement whose text is in the file that the literal names. */
export function fromFile({ file, line, sql: name }: SqlLiteral, from: 'crate' | 'code'): SqlLiteral {
  return { file, line, sql: '', dynamic: true, path: { name, from } };
}

/** The tokens of a macro's arguments. */
function argumentsOf(tree: Node): readonly (readonly Node[])[] {
  const found: Node[][] = [[]];
  for (const node of tree.children.slice(1, -1)) {
    if (node?.type === ',') found.push([]);
    else if (node && !isPreamble(node)) found.at(-1)?.push(node);
  }
  return found;
}

/** The string of a constant of the file. */
function constantNamed(name: string, root: Node): Node | undefined {
  const item = root
    .descendantsOfType(['const_item', 'static_item'])
    .find((one) => one?.childForFieldName('name')?.text === name);
  const value = item?.childForFieldName('value');
  return value && strings.includes(value.type) ? value : undefined;
}
