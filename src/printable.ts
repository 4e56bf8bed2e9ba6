/**
 * Characters that are displayed as escapes: control characters, line separators, marks that reorder text, and code
 * points that are not characters.
 */
const invisible =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\p{Noncharacter_Code_Point}]/gu;

/**
 * Escapes characters that a reader would not see or that would change the order in which text is read: U+200B becomes
 * `\u{200b}`.
 */
export const escapeInvisible = (text: string): string =>
  text.replace(invisible, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);

/**
 * Makes text safe to print, line by line. Names and texts come from databases and files. A control character would be a
 * command to a terminal; `::error::` at the start of a line, or `##[error]` anywhere in it, would be a command in a log
 * of GitHub Actions.
 */
export function printable(text: string): string {
  return text
    .replace(/[^\n\t]+/g, escapeInvisible)
    .replace(/^([ \t]*):(?=:)/gm, '$1\\u{3a}')
    .replaceAll('##[', '#\\u{23}[');
}

/** Makes text safe to print on one line. */
export function printableLine(text: string): string {
  return printable(escapeInvisible(text));
}

/**
 * Formats a value as JSON that is safe to print: unprintable characters become JSON escapes, so that the values stay
 * the same.
 */
export function printableJson(value: unknown): string {
  // A character beyond U+FFFF has two units, and JSON escapes each.
  const escapeUnits = (character: string) =>
    character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `${JSON.stringify(value, undefined, 2)
    .replace(/[^\n]+/g, (line) => line.replace(invisible, escapeUnits))
    .replaceAll('##[', '#\\u0023[')}\n`;
}
