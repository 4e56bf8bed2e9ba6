import type { Check, TypeRef } from './catalog.js';

/**
 * The values that a CHECK allows for a column: `status = ANY (ARRAY['open'::text, 'done'::text])` → `['open', 'done']`.
 * It recognizes `= ANY (ARRAY[…])`, which is how Postgres prints `IN`, `=`, and chains of those by OR and AND. For
 * anything else it returns undefined, and the column keeps its wide type: a wrong union would be worse than none.
 *
 * It does not read constraints that rows may violate (NOT VALID), lists of values with a NULL (the condition is then
 * never false, so it allows everything), and types whose equal values can be printed differently (char(n) is padded,
 * citext and nondeterministic collations ignore case, numeric keeps its scale).
 */
export function literalsOfCheck(check: Check, column: string, type: TypeRef): readonly Literal[] | undefined {
  const convert = type.schema === undefined && type.dimensions === undefined ? converters.get(type.name) : undefined;
  if (check.notValid || !convert) return undefined;
  const values = conditionValues(tokenize(check.expression), column)?.map(convert);
  return values && values.length > 0 && values.every((value) => value !== undefined) ? [...new Set(values)] : undefined;
}

/**
 * The values that a CHECK allows for the elements of an array: `tags <@ ARRAY['a'::text, 'b'::text]` → `['a', 'b']`. No
 * element can be null, because no array contains a null element.
 */
export function elementsOfCheck(check: Check, column: string, type: TypeRef): readonly Literal[] | undefined {
  const isArray = type.schema === undefined && type.dimensions !== undefined;
  const convert = isArray ? converters.get(type.name) : undefined;
  if (check.notValid || !convert) return undefined;
  for (const conjunct of conjunctsOf(tokenize(check.expression))) {
    const values = new ComparisonReader(conjunct, column).readContained()?.map(convert);
    if (values && values.length > 0 && values.every((value) => value !== undefined)) return [...new Set(values)];
  }
  return undefined;
}

/**
 * Whether a CHECK rejects null in a column: it is `x IS NOT NULL`, or requires that by AND, and so is false for null.
 */
export function refusesNull(check: Check, column: string): boolean {
  if (check.notValid || !check.expression.includes('IS NOT NULL')) return false;
  return conjunctsOf(tokenize(check.expression)).some((conjunct) =>
    new ComparisonReader(conjunct, column).readNotNull(),
  );
}

/** The conditions that must all hold. */
function conjunctsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const inner = withoutParentheses(tokens);
  if (splitAt(inner, 'OR').length > 1) return [];
  const conjuncts = splitAt(inner, 'AND');
  return conjuncts.length > 1 ? conjuncts.flatMap(conjunctsOf) : [inner];
}

/**
 * The values that a condition allows for the column, besides NULL. A row passes a CHECK unless it is false, and a
 * comparison with a non-null value is either true or false. So every part of an OR must be understood, but of an AND,
 * any part suffices. `pg_get_expr` puts parentheses around each AND and OR, so the two never meet on one level.
 */
function conditionValues(tokens: readonly Token[], column: string): readonly string[] | undefined {
  const inner = withoutParentheses(tokens);
  const alternatives = splitAt(inner, 'OR');
  const conjuncts = splitAt(inner, 'AND');
  if (alternatives.length > 1 && conjuncts.length > 1) return undefined;
  if (alternatives.length > 1) {
    const all = alternatives.map((part) => conditionValues(part, column));
    return all.every(isKnown) ? all.flat() : undefined;
  }
  if (conjuncts.length > 1) {
    const [first, ...others] = conjuncts.map((part) => conditionValues(part, column)).filter(isKnown);
    return first?.filter((value) => others.every((values) => values.includes(value)));
  }
  return new ComparisonReader(inner, column).read();
}

const isKnown = <Value>(value: Value | undefined): value is Value => value !== undefined;

/** Splits tokens at a word that is outside all parentheses. */
function splitAt(tokens: readonly Token[], word: string): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    depth += depthChange(token);
    if (depth === 0 && token.kind === 'word' && token.text === word) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** The tokens without the parentheses that enclose all of them. */
function withoutParentheses(tokens: readonly Token[]): readonly Token[] {
  if (tokens[0]?.text !== '(' || tokens[0].kind !== 'symbol') return tokens;
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    depth += depthChange(token);
    if (depth > 0) continue;
    return index === tokens.length - 1 ? withoutParentheses(tokens.slice(1, -1)) : tokens;
  }
  return tokens;
}

const brackets: { readonly [symbol: string]: number } = { '(': 1, '[': 1, ')': -1, ']': -1 };

/** How much a token changes the nesting depth of the tokens after it. */
function depthChange({ kind, text }: Token): number {
  return kind === 'symbol' ? (brackets[text] ?? 0) : 0;
}

/** The values that all of several constraints allow. A constraint whose values are undefined says nothing. */
export function intersectLiterals(all: readonly (readonly Literal[] | undefined)[]): readonly Literal[] | undefined {
  const [first, ...others] = all.filter((values) => values !== undefined);
  const common = first?.filter((value) => others.every((values) => values.includes(value)));
  return common && common.length > 0 ? common : undefined;
}

export type Literal = string | number;

const asText = (text: string): Literal | undefined => text;
const asInteger = (text: string): Literal | undefined => (/^-?\d{1,15}$/.test(text) ? Number(text) : undefined);
/** The driver returns int8 as text, in the only form that Postgres prints. */
const asIntegerText = (text: string): Literal | undefined => (/^(0|-?[1-9]\d*)$/.test(text) ? text : undefined);

const converters: ReadonlyMap<string, (text: string) => Literal | undefined> = new Map([
  ['text', asText],
  ['varchar', asText],
  ['int2', asInteger],
  ['int4', asInteger],
  ['int8', asIntegerText],
]);

interface Token {
  /** `name`: an identifier in double quotes, never a keyword. `other`: any other character, such as those of `<@`. */
  readonly kind: 'word' | 'name' | 'symbol' | 'string' | 'number' | 'other';
  readonly text: string;
}

const tokenPattern =
  /\s+|"((?:[^"]|"")+)"|(?<![\w$])'((?:[^']|'')*)'|(?<![\w$.])(-?\d+)(?![\d.\w])|([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(::|[()[\],=](?![<>=~!@#%^&|?+*/-]))|([\s\S])/y;

function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  for (let match = tokenPattern.exec(expression); match; match = tokenPattern.exec(expression)) {
    const [, quoted, text, digits, word, symbol, other] = match;
    if (quoted !== undefined) tokens.push({ kind: 'name', text: quoted.replaceAll('""', '"') });
    else if (text !== undefined) tokens.push({ kind: 'string', text: text.replaceAll("''", "'") });
    else if (digits !== undefined) tokens.push({ kind: 'number', text: digits });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol });
    else if (other !== undefined) tokens.push({ kind: 'other', text: other });
  }
  return tokens;
}

/** Types to which a value or column can be cast without changing what it equals. */
const harmlessCasts = new Set(['text', 'character varying', 'integer', 'smallint', 'bigint']);

/** A recursive descent parser for one comparison. A method returns undefined or false if it finds something else. */
class ComparisonReader {
  private position = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly column: string,
  ) {}

  read(): string[] | undefined {
    const values = this.readComparison();
    return this.position === this.tokens.length ? values : undefined;
  }

  /** column <@ ARRAY[value, …], or ARRAY[value, …] @> column. */
  readContained(): string[] | undefined {
    const isFirst = this.readColumn();
    if (isFirst && !this.takeOperator('<@')) return undefined;
    if (!isFirst) this.position = 0;
    const values = this.readArray();
    if (!isFirst && !(this.takeOperator('@>') && this.readColumn())) return undefined;
    return this.position === this.tokens.length ? values : undefined;
  }

  /** column IS NOT NULL */
  readNotNull(): boolean {
    const words = ['IS', 'NOT', 'NULL'];
    return this.readColumn() && words.every((word) => this.take('word', word)) && this.position === this.tokens.length;
  }

  /** Takes an operator that consists of `other` tokens, such as `<@`. */
  private takeOperator(operator: string): boolean {
    return [...operator].every((character) => this.take('other', character));
  }

  /** column = value, column = ANY (ARRAY[value, …]), or column IS NULL, which allows no value. */
  private readComparison(): string[] | undefined {
    if (!this.readColumn()) return undefined;
    if (this.take('word', 'IS')) return this.take('word', 'NULL') ? [] : undefined;
    if (!this.take('symbol', '=')) return undefined;
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
    return (this.take('name', this.column) || this.take('word', this.column)) && this.skipCasts();
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

  /** Skips `::type` and `::type[]`. Returns false if a cast could change the value. */
  private skipCasts(): boolean {
    while (this.take('symbol', '::')) {
      const words: string[] = [];
      for (let token = this.tokens[this.position]; token?.kind === 'word'; token = this.tokens[this.position]) {
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
