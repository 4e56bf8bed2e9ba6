/**
 * A token of SQL text, in as much detail as needed to find the ends of statements. The rules are those of psql's own
 * scanner (src/fe_utils/psqlscan.l, which follows the server's) with `standard_conforming_strings` on. Every pattern is
 * sticky and has no nested repetition, so the time depends only on the length of the text.
 */
export interface Token {
  readonly kind: 'word' | 'identifier' | 'string' | 'symbol';
  readonly start: number;
  readonly end: number;
}

/** The next token at or after `from`, after white space and comments; undefined at the end of the text. */
export function nextToken(text: string, from: number): Token | undefined {
  const start = skipBlank(text, from);
  if (start >= text.length) return undefined;
  switch (text[start]) {
    case "'":
      return { kind: 'string', start, end: endOfQuoted(text, start + 1, "'") };
    case '"':
      return { kind: 'identifier', start, end: endOfQuoted(text, start + 1, '"') };
    case '$':
      return dollarQuoted(text, start);
    default:
      return wordOrSymbol(text, start);
  }
}

/** The name in an identifier's token: a bare word in lower case, or a quoted name without its quotes. */
export function identifierText(text: string, { kind, start, end }: Token): string {
  const spelt = text.slice(start, end);
  if (kind === 'word') return spelt.toLowerCase();
  return kind === 'identifier' ? spelt.slice(1, -1).replaceAll('""', '"') : spelt;
}

// As in the server, every character from U+0080 on belongs to identifiers, and so does a dollar sign: a$b$c is one.
const word = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
// A letter directly after a number belongs to it: 1e'…' contains no E string.
const number = /\d+[A-Za-z_\u0080-\uffff]?/y;
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const space = /[ \t\n\r\f\v]+/y;
const restOfLine = /[^\n\r]*/y;

function wordOrSymbol(text: string, start: number): Token {
  const end = matchEnd(word, text, start);
  if (end === start) return { kind: 'symbol', start, end: Math.max(matchEnd(number, text, start), start + 1) };
  const isEscapeString = end === start + 1 && text[end] === "'" && (text[start] === 'E' || text[start] === 'e');
  return isEscapeString
    ? { kind: 'string', start, end: endOfEscapeString(text, end + 1) }
    : { kind: 'word', start, end };
}

/** A string `$tag$ … $tag$`, or a lone dollar sign. */
function dollarQuoted(text: string, start: number): Token {
  const opened = matchEnd(dollarTag, text, start);
  if (opened === start) return { kind: 'symbol', start, end: start + 1 };
  const tag = text.slice(start, opened);
  const close = text.indexOf(tag, opened);
  return { kind: 'string', start, end: close < 0 ? text.length : close + tag.length };
}

/**
 * The end of a string or quoted identifier in which a doubled quote stands for one quote; the end of the text if it is
 * never closed.
 */
function endOfQuoted(text: string, from: number, quote: string): number {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 2)) {
    if (text[at + 1] !== quote) return at + 1;
  }
  return text.length;
}

/** The end of an E'…' string, in which a backslash escapes the next character. */
function endOfEscapeString(text: string, from: number): number {
  const special = /['\\]/g;
  special.lastIndex = from;
  for (let found = special.exec(text); found; found = special.exec(text)) {
    const at = found.index;
    if (found[0] === '\\' || text[at + 1] === "'") special.lastIndex = at + 2;
    else {
      const continued = continuation(text, at + 1);
      if (continued === undefined) return at + 1;
      special.lastIndex = continued;
    }
  }
  return text.length;
}

/**
 * The position after the quote that opens the next part of a string; undefined if the string ends. Parts separated only
 * by white space with a line break form one string, and all follow the escape rules of the first
 * (https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-CONSTANTS).
 */
function continuation(text: string, from: number): number | undefined {
  const at = matchEnd(space, text, from);
  return text[at] === "'" && /[\n\r]/.test(text.slice(from, at)) ? at + 1 : undefined;
}

function skipBlank(text: string, from: number): number {
  for (let at = from; ; ) {
    at = matchEnd(space, text, at);
    if (text.startsWith('--', at)) at = matchEnd(restOfLine, text, at);
    else if (text.startsWith('/*', at)) at = endOfComment(text, at + 2);
    else return at;
  }
}

/** The end of a comment. Unlike in C, comments nest. */
function endOfComment(text: string, from: number): number {
  const bracket = /\/\*|\*\//g;
  bracket.lastIndex = from;
  let depth = 1;
  for (let found = bracket.exec(text); found; found = bracket.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return bracket.lastIndex;
  }
  return text.length;
}

/** The end of a sticky pattern's match at `at`, or `at` itself if it does not match. */
function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
