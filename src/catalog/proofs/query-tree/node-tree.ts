import { RowsmithError } from '../../../errors.js';

/**
 * A node of an analysed query. `pg_rewrite.ev_action` holds the query as a text of the type `pg_node_tree`: `{TAG
 * :field value …}` for a node, `(…)` for a list, `<>` for nothing, and backslashes before special characters.
 * PostgreSQL's `outfuncs.c` writes it, and its `read.c` reads it.
 *
 * `{VAR :varno 1 :varattno 2}` → `{ tag: 'VAR', fields: { varno: '1', varattno: '2' } }`
 */
export interface PgNode {
  readonly tag: string;
  readonly fields: { readonly [field: string]: PgValue };
}
export type PgValue = null | string | PgNode | readonly PgValue[];

/**
 * How many values may stand inside each other. The readers of a tree recurse, and Postgres takes expressions that are
 * nested more deeply than JavaScript's stack allows, such as `a || a || …` some thousand times.
 */
const deepest = 1000;

/**
 * Reads a tree. One that is nested too deeply gives null, which proves nothing; a text that is no tree throws a
 * `RowsmithError`. The last tree is remembered, because several readers ask for the same view one after the other.
 */
export function parseNodeTree(text: string): PgValue {
  if (last?.text !== text) last = { text, value: parse(text) };
  return last.value;
}

let last: { readonly text: string; readonly value: PgValue } | undefined;

function parse(text: string): PgValue {
  try {
    return new NodeTreeParser(text).readValue();
  } catch (error) {
    if (error instanceof TooDeep) return null;
    throw error;
  }
}

class TooDeep extends Error {}

const unreadable = (what: string) =>
  new RowsmithError(
    'server-not-readable',
    `The query of a view, as the server prints it, cannot be read: ${what}.`,
    'rowsmith reads what PostgreSQL prints. For other servers, pass SQL files: --source schema.sql, written by pg_dump --schema-only.',
  );

/** The top of a view's tree, which is a list of one query. */
export function queryOf(tree: PgValue): PgNode | undefined {
  const first = Array.isArray(tree) ? listOf(tree)[0] : tree;
  return isNode(first) ? first : undefined;
}

export function isNode(value: PgValue | undefined): value is PgNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The items of a list; none of anything else. */
export function listOf(value: PgValue | undefined): readonly PgValue[] {
  return Array.isArray(value) ? (value as readonly PgValue[]) : [];
}

/**
 * A bracket, or the characters up to a delimiter. Quotes stand around a string and delimit nothing: a quote in the name
 * `a"b` is printed as it is, `"a"b"`.
 */
const tokens = /[{}()]|(?:[^ \n\t(){}\\]|\\[\s\S]?)+/g;

/** Recursive descent over the tokens of the whole text, which one regular expression finds at once. */
class NodeTreeParser {
  private readonly tokens: readonly string[];
  private position = 0;
  private depth = 0;

  constructor(text: string) {
    this.tokens = text.match(tokens) ?? [];
  }

  readValue(): PgValue {
    const token = this.next();
    if (token === '{' || token === '(') {
      if (this.depth === deepest) throw new TooDeep();
      this.depth++;
      const value = token === '{' ? this.readNode() : this.readList();
      this.depth--;
      return value;
    }
    if (token === '}' || token === ')') throw unreadable(`unexpected "${token}"`);
    // A name of these two characters is printed with a backslash.
    return token === '<>' ? null : unescaped(token);
  }

  private readNode(): PgNode {
    const tag = this.readName();
    const fields: Record<string, PgValue> = {};
    while (this.tokens[this.position] !== '}') {
      const name = this.readName().slice(1);
      const value = this.readValue();
      fields[name] = this.isWithinField() ? [value, ...this.readMore()] : value;
    }
    this.position++;
    return { tag, fields };
  }

  /** Some fields have more than one token: a constant is written as its length and its bytes, `4 [ 1 0 0 0 ]`. */
  private readMore(): PgValue[] {
    const more: PgValue[] = [];
    while (this.isWithinField()) more.push(this.readValue());
    return more;
  }

  private isWithinField(): boolean {
    const token = this.tokens[this.position];
    return token !== undefined && token !== '}' && token[0] !== ':';
  }

  /**
   * A list of nodes, or of numbers: `(i 1 2)`, `(o 1 2)`, `(b 1 2)`, whose letter stands for integers, oids and bits.
   */
  private readList(): PgValue[] {
    const items: PgValue[] = [];
    while (this.tokens[this.position] !== ')') items.push(this.readValue());
    this.position++;
    const [first] = items;
    return first === 'i' || first === 'o' || first === 'b' || first === 'x' ? items.slice(1) : items;
  }

  private readName(): string {
    const token = this.next();
    if ('{}()'.includes(token)) throw unreadable(`unexpected "${token}"`);
    return unescaped(token);
  }

  private next(): string {
    const token = this.tokens[this.position++];
    if (token === undefined) throw unreadable('unexpected end');
    return token;
  }
}

const unescaped = (token: string): string => (token.includes('\\') ? token.replace(/\\([\s\S])/g, '$1') : token);
