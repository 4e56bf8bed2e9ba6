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

export function parseNodeTree(text: string): PgValue {
  return new NodeTreeParser(text).readValue();
}

export function isNode(value: PgValue | undefined): value is PgNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: PgValue | undefined): readonly PgValue[] {
  return Array.isArray(value) ? (value as readonly PgValue[]) : [];
}

class NodeTreeParser {
  private position = 0;

  constructor(private readonly text: string) {}

  readValue(): PgValue {
    this.skipSpace();
    switch (this.text[this.position]) {
      case '{':
        return this.readNode();
      case '(':
        return this.readList();
      default: {
        const token = this.readToken();
        return token === '<>' ? null : token;
      }
    }
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

  /** Quotes end no token: `"a"b"` is the string `a"b`, in which whatever would end it has a backslash. */
  private readToken(): string {
    this.skipSpace();
    const start = this.position;
    let escaped = false;
    for (; this.position < this.text.length; this.position++) {
      const character = this.text[this.position] as string;
      if (character === '\\') {
        escaped = true;
        this.position++;
      } else if (' \n\t(){}'.includes(character)) break;
    }
    if (this.position === start) throw new Error(`Unexpected "${this.text.slice(start, start + 20)}" in a node tree.`);
    const token = this.text.slice(start, this.position);
    return escaped ? token.replace(/\\(.)/gs, '$1') : token;
  }

  private skipSpace(): void {
    while (this.position < this.text.length && ' \n\t'.includes(this.text[this.position] as string)) this.position++;
  }
}
