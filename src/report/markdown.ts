import { printable } from '../printable.js';

/**
 * Helpers that write Markdown. Names and comments come from databases and source files, and none may break the page.
 */

/** Inline code. A text with backticks gets a longer fence. */
export function code(text: string): string {
  const longest = longestRun(text);
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 ? ' ' : '';
  return `${fence}${padding}${oneLine(text)}${padding}${fence}`;
}

/** The length of the longest run of backticks. */
function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

/** Running text with `<`, `*`, `[` and the like escaped. An underscore inside a word needs no escape. */
export function prose(text: string): string {
  return oneLine(text)
    .trim()
    .replace(/[\\*[\]<>`]|~(?=~)|(?<=~)~|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w+;)/gu, '\\$&')
    .replace(/^(?:[#+=-]|\d+(?=[.)]))/, (start) => (/\d$/.test(start) ? `${start}\\` : `\\${start}`));
}

export function fenced(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(2, longestRun(text)) + 1);
  return `${fence}${language}\n${printable(text.replace(/\n+$/, ''))}\n${fence}`;
}

/** A table. Cells are finished Markdown; only `|` is escaped here. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function oneLine(text: string): string {
  return printable(text.replace(/\s*[\r\n]+\s*/g, ' ').replaceAll('\t', ' '));
}
