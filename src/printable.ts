/** Control characters, line separators, marks that reorder text, and what is no character: shown as escapes wherever they stand. */
const invisible =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\p{Noncharacter_Code_Point}]/gu;

/** Text in which nothing hides, and nothing changes the order of what is read. */
export const escapeInvisible = (text: string): string =>
  text.replace(invisible, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);

/**
 * Lines for a terminal or a log. Names and texts come from databases and files: on a terminal a control character would be a command,
 * and in a log of GitHub Actions `::error::` at the start of a line and `##[error]` anywhere in it.
 */
export function printable(text: string): string {
  return text
    .replace(/[^\n\t]+/g, escapeInvisible)
    .replace(/^([ \t]*):(?=:)/gm, '$1\\u{3a}')
    .replaceAll('##[', '#\\u{23}[');
}

/** The same on one line. */
export function printableLine(text: string): string {
  return printable(escapeInvisible(text));
}

/** JSON as it is printed: what would not be printable stands as an escape of JSON's, so that the values are the same. */
export function printableJson(value: unknown): string {
  // A character beyond U+FFFF is two units, and JSON escapes each.
  const escapeUnits = (character: string) =>
    character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `${JSON.stringify(value, undefined, 2)
    .replace(/[^\n]+/g, (line) => line.replace(invisible, escapeUnits))
    .replaceAll('##[', '#\\u0023[')}\n`;
}
