import { RowsmithError } from '../../errors.js';

/**
 * Reads `pg_node_tree`, the text form of an analysed query that `pg_rewrite.ev_action` holds: `{TAG :field value …}` for a
 * node, `(…)` for a list, `<>` for nothing, and backslashes before special characters of a token. The format is written by
 * PostgreSQL's `outfuncs.c` and read by its `read.c`.
 */
export interface PgNode {
  readonly tag: string;
  readonly fields: { readonly [field: string]: PgValue };
}
export type PgValue = null | string | PgNode | readonly PgValue[];

/**
 * How many values may stand in each other: whoever reads a tree recurses, and Postgres takes expressions that are nested deeper
 * than the stack of JavaScript is, such as `a || a || …` some thousand times.
 */
const deepest = 1000;

/** Null, which proves nothing, of a tree that is nested too deeply. Throws a `RowsmithError` where the text is no tree. */
export function parseNodeTree(text: string): PgValue {
  try {
    return new NodeTreeParser(text).readValue();
  } catch (error) {
    if (error instanceof TooDeep) return null;
    throw error;
  }
}

class TooDeep extends Error {}

const unreadable = (what: string) =>
  new RowsmithError('server-not-readable', `The query of a view cannot be read, as the server prints it: ${what}.`, 'rowsmith reads what PostgreSQL prints. Other servers can be read as SQL files: --source schema.sql, written by pg_dump --schema-only.');

export function isNode(value: PgValue | undefined): value is PgNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: PgValue | undefined): readonly PgValue[] {
  return Array.isArray(value) ? (value as readonly PgValue[]) : [];
}

class NodeTreeParser {
  private position = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  readValue(): PgValue {
    this.skipSpace();
    switch (this.text[this.position]) {
      case '{':
        return this.nested(() => this.readNode());
      case '(':
        return this.nested(() => this.readList());
      default: {
        const start = this.position;
        const token = this.readToken();
        // A name of these two characters is printed with a backslash.
        return this.text.slice(start, this.position) === '<>' ? null : token;
      }
    }
  }

  private nested<Value>(read: () => Value): Value {
    if (this.depth === deepest) throw new TooDeep();
    this.depth++;
    const value = read();
    this.depth--;
    return value;
  }

  private readNode(): PgNode {
    this.position++;
    const tag = this.readToken();
    const fields: Record<string, PgValue> = {};
    for (this.skipSpace(); this.text[this.position] !== '}'; this.skipSpace()) {
      const name = this.readToken().slice(1);
      const value = this.readValue();
      // Some fields have more than one token: a constant is written as its length and its bytes, `4 [ 1 0 0 0 ]`.
      const more: PgValue[] = [];
      for (this.skipSpace(); this.text[this.position] !== ':' && this.text[this.position] !== '}'; this.skipSpace()) more.push(this.readValue());
      fields[name] = more.length === 0 ? value : [value, ...more];
    }
    this.position++;
    return { tag, fields };
  }

  /** A list of nodes, or of numbers: `(i 1 2)`, `(o 1 2)`, `(b 1 2)`, whose letter stands for integers, oids and bits. */
  private readList(): PgValue[] {
    this.position++;
    const items: PgValue[] = [];
    for (this.skipSpace(); this.text[this.position] !== ')'; this.skipSpace()) items.push(this.readValue());
    this.position++;
    const [first] = items;
    return first === 'i' || first === 'o' || first === 'b' || first === 'x' ? items.slice(1) : items;
  }

  /** Up to a delimiter. Quotes mark a string and delimit nothing: in `"a"b"` the one of the name is printed as it is. */
  private readToken(): string {
    this.skipSpace();
    const start = this.position;
    let escaped = false;
    for (; this.position < this.text.length && !' \n\t(){}'.includes(this.text[this.position] as string); this.position++) {
      if (this.text[this.position] !== '\\') continue;
      escaped = true;
      this.position++;
    }
    if (this.position === start) throw unreadable(`unexpected "${this.text.slice(start, start + 20)}"`);
    const token = this.text.slice(start, this.position);
    return escaped ? token.replace(/\\(.)/gs, '$1') : token;
  }

  private skipSpace(): void {
    while (this.position < this.text.length && ' \n\t'.includes(this.text[this.position] as string)) this.position++;
  }
}
