import { quoteIdentifier } from '../quote-identifier.js';
import { quoteLiteral } from '../quote-literal.js';
import { nextToken } from './lexer.js';

/** A psql variable in SQL, and `\set` on a line of its own. */
const reference = /:(?:'(\w+)'|"(\w+)"|(\w+))/y;
const setting = /^[ \t]*\\set[ \t]+(\w+)[ \t]*([^\n]*)$/;

/**
 * The text with psql variables replaced: `:name` by the value as it is, `:'name'` by a string literal, `:"name"` by an
 * identifier (https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-INTERPOLATION). Replaces the given
 * variables and those that `\set` sets in the lines above; others are kept. Nothing is replaced within strings and
 * comments.
 */
export function withVariables(text: string, given: Readonly<Record<string, string>>): string {
  if (!text.includes(':')) return text;
  const values = new Map(Object.entries(given));
  const pieces: string[] = [];
  let copied = 0;
  let at = 0;
  for (let token = nextToken(text, at); token; token = nextToken(text, at)) {
    at = token.end;
    const symbol = text[token.start];
    if (symbol === '\\') {
      const line = lineAt(text, token.start);
      const [, name, value = ''] = setting.exec(line) ?? [];
      if (name !== undefined && !Object.hasOwn(given, name)) values.set(name, settingOf(value, values));
      at = endOfLine(text, token.start);
      continue;
    }
    if (symbol !== ':') continue;
    if (text[at] === ':' || text[at] === '=') {
      at++;
      continue;
    }
    reference.lastIndex = token.start;
    const [whole = '', quoted, identifier, plain] = reference.exec(text) ?? [];
    const value = values.get(quoted ?? identifier ?? plain ?? '');
    if (value === undefined) continue;
    pieces.push(text.slice(copied, token.start), spelled(value, quoted !== undefined, identifier !== undefined));
    at = token.start + whole.length;
    copied = at;
  }
  return [...pieces, text.slice(copied)].join('');
}

function spelled(value: string, asString: boolean, asIdentifier: boolean): string {
  if (asString) return quoteLiteral(value);
  return asIdentifier ? quoteIdentifier(value) : value;
}

/** The value that `\set` assigns: its words concatenated, without their quotes. `:name` in it is a variable too. */
function settingOf(text: string, values: ReadonlyMap<string, string>): string {
  const words = text.match(/'(?:''|[^'])*'|[^\s']+/g) ?? [];
  return words
    .map((word) => {
      if (word.startsWith("'")) return word.slice(1, -1).replaceAll("''", "'");
      return word.startsWith(':') ? (values.get(word.slice(1)) ?? word) : word;
    })
    .join('');
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

const lineAt = (text: string, at: number) => text.slice(text.lastIndexOf('\n', at) + 1, endOfLine(text, at));
