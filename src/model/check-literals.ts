import type { Check, TypeRef } from '../catalog/catalog.js';

/**
 * Reads the values that a CHECK allows: `= ANY (ARRAY[…])`, which is how Postgres prints `IN`, `=`, and `OR` of those.
 * Anything else answers undefined, and the column keeps its wide type: a wrong union would be worse than none.
 *
 * Not read: constraints that rows may break (NOT VALID), a NULL among the values (the condition is then never false, so it
 * allows everything), and types whose equal values can read differently (char(n) is padded, citext and nondeterministic
 * collations ignore case, numeric keeps its scale).
 */
export function literalsOfCheck(check: Check, column: string, type: TypeRef): readonly Literal[] | undefined {
  const convert = converters[type.schema === undefined && type.dimensions === undefined ? type.name : ''];
  if (check.notValid || !convert) return undefined;
  const tokens = tokenize(check.expression);
  if (!tokens) return undefined;
  const reader = new CheckReader(tokens, column);
  const values = reader.readCondition()?.map(convert);
  return values && reader.atEnd() && values.every((value) => value !== undefined) ? [...new Set(values)] : undefined;
}

/** The values that every one of several constraints allows; those that answered undefined say nothing. */
export function intersectLiterals(all: readonly (readonly Literal[] | undefined)[]): readonly Literal[] | undefined {
  const [first, ...others] = all.filter((values) => values !== undefined);
  const common = first?.filter((value) => others.every((values) => values.includes(value)));
  return common && common.length > 0 ? common : undefined;
}

export type Literal = string | number;

const asText = (text: string): Literal | undefined => text;
const asInteger = (text: string): Literal | undefined => (/^-?\d{1,15}$/.test(text) ? Number(text) : undefined);
/** The driver reads int8 as text, in the one form that Postgres prints. */
const asIntegerText = (text: string): Literal | undefined => (/^(0|-?[1-9]\d*)$/.test(text) ? text : undefined);

const converters: { readonly [pgType: string]: (text: string) => Literal | undefined } = {
  text: asText,
  varchar: asText,
  int2: asInteger,
  int4: asInteger,
  int8: asIntegerText,
};

type Token = { readonly kind: 'word' | 'symbol' | 'string' | 'number'; readonly text: string };

const tokenPattern = /\s+|"((?:[^"]|"")+)"|'((?:[^']|'')*)'|(-?\d+)(?![\d.eE])|([A-Za-z_][\w$]*)|(::|[()[\],=])/y;

function tokenize(expression: string): Token[] | undefined {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < expression.length) {
    const match = tokenPattern.exec(expression);
    if (!match) return undefined;
    const [, quoted, text, digits, word, symbol] = match;
    if (quoted !== undefined) tokens.push({ kind: 'word', text: quoted.replaceAll('""', '"') });
    else if (text !== undefined) tokens.push({ kind: 'string', text: text.replaceAll("''", "'") });
    else if (digits !== undefined) tokens.push({ kind: 'number', text: digits });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol });
  }
  return tokens;
}

/** The types that a value or a column may be cast to without changing what it equals. */
const harmlessCasts = new Set(['text', 'character varying', 'integer', 'smallint', 'bigint']);

/** Recursive descent over the tokens. Every method gives undefined when what stands there is something else. */
class CheckReader {
  private position = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly column: string,
  ) {}

  atEnd(): boolean {
    return this.position === this.tokens.length;
  }

  /** comparison ( OR comparison )* */
  readCondition(): string[] | undefined {
    const values = this.readTerm();
    if (!values) return undefined;
    while (this.take('word', 'OR')) {
      const more = this.readTerm();
      if (!more) return undefined;
      values.push(...more);
    }
    return values;
  }

  private readTerm(): string[] | undefined {
    const start = this.position;
    const comparison = this.readComparison();
    if (comparison) return comparison;
    this.position = start;
    if (!this.take('symbol', '(')) return undefined;
    const inner = this.readCondition();
    return inner && this.take('symbol', ')') ? inner : undefined;
  }

  /** column = value, or column = ANY (ARRAY[value, …]) */
  private readComparison(): string[] | undefined {
    if (!this.readColumn() || !this.take('symbol', '=')) return undefined;
    if (!this.take('word', 'ANY')) {
      const value = this.readValue();
      return value === undefined ? undefined : [value];
    }
    if (!this.take('symbol', '(')) return undefined;
    const values = this.readArray();
    return values && this.take('symbol', ')') ? values : undefined;
  }

  private readColumn(): boolean {
    if (this.take('symbol', '(')) return this.readColumn() && this.take('symbol', ')') && this.skipCasts();
    return this.take('word', this.column) && this.skipCasts();
  }

  private readArray(): string[] | undefined {
    if (this.take('symbol', '(')) {
      const inner = this.readArray();
      return inner && this.take('symbol', ')') && this.skipCasts() ? inner : undefined;
    }
    if (!this.take('word', 'ARRAY') || !this.take('symbol', '[')) return undefined;
    const values: string[] = [];
    do {
      const value = this.readValue();
      if (value === undefined) return undefined;
      values.push(value);
    } while (this.take('symbol', ','));
    return this.take('symbol', ']') && this.skipCasts() ? values : undefined;
  }

  private readValue(): string | undefined {
    if (this.take('symbol', '(')) {
      const inner = this.readValue();
      return inner !== undefined && this.take('symbol', ')') && this.skipCasts() ? inner : undefined;
    }
    const token = this.tokens[this.position];
    if (token?.kind !== 'string' && token?.kind !== 'number') return undefined;
    this.position++;
    return this.skipCasts() ? token.text : undefined;
  }

  /** `::type`, `::type[]`: false when it is a cast that could change the value. */
  private skipCasts(): boolean {
    while (this.take('symbol', '::')) {
      const words: string[] = [];
      for (let token = this.tokens[this.position]; token?.kind === 'word' && !['OR', 'AND'].includes(token.text); token = this.tokens[this.position]) {
        words.push(token.text);
        this.position++;
      }
      if (!harmlessCasts.has(words.join(' '))) return false;
      if (this.take('symbol', '[') && !this.take('symbol', ']')) return false;
    }
    return true;
  }

  private take(kind: Token['kind'], text: string): boolean {
    const token = this.tokens[this.position];
    if (token?.kind !== kind || token.text !== text) return false;
    this.position++;
    return true;
  }
}
