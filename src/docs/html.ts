import { escapeInvisible } from '../printable.js';

/**
 * A text that is HTML already, and is not escaped again. This file is the only place that escapes HTML: contexts of
 * templates are built of plain texts, and `escapeHtml` escapes all of them at once, so that none can be forgotten.
 */
export class Markup {
  constructor(readonly text: string) {}
}

/** A context as templates get it, with every text escaped for elements and for attributes in double quotes. */
export type Escaped<Value> = Value extends string | Markup
  ? string
  : Value extends readonly (infer Item)[]
    ? readonly Escaped<Item>[]
    : Value extends object
      ? { readonly [Key in keyof Value]: Escaped<Value[Key]> }
      : Value;

export function escapeHtml<Value>(value: Value): Escaped<Value>;
export function escapeHtml(value: unknown): unknown {
  if (typeof value === 'string') return escapeText(value);
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map((item) => escapeHtml(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, escapeHtml(item)]));
}

const entities: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      .split('\n')
      .map((line) => escapeInvisible(line.replaceAll('\t', '  ')))
      .join('\n')
      .replace(/[&<>"']/g, (character) => entities[character] ?? character)
      // The page may be printed in a log of GitHub Actions, for which these would be commands.
      .replace(/^([ \t]*):(?=:)/gm, '$1&#58;')
      .replaceAll('##[', '#&#35;[')
  );
}

/**
 * A name as part of an address within the page. Characters other than letters and digits become their code points, so
 * that different names stay different.
 */
export function fragment(name: string): string {
  return name.replace(/[^\p{L}\p{N}_$-]/gu, (character) => `.${(character.codePointAt(0) ?? 0).toString(16)}.`);
}
