/** The comments in a stretch of text between two tokens. */
export interface Comments {
  readonly lines: readonly CommentLine[];
  /** The offset of a comment that is not closed. */
  readonly open?: number;
}

/** A comment `-- …` that begins its line: its text without the dashes, and where it begins. */
export interface CommentLine {
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

const bracket = /--[^\n]*|\/\*|\*\//g;

/**
 * The comments that begin a line, within what stands between two tokens, from one offset to another. Comments in
 * brackets nest, and dashes in them are theirs.
 */
export function commentLines(text: string, from: number, to: number): Comments {
  const lines: CommentLine[] = [];
  // Behind most tokens stands a space at most.
  if (to - from < '--'.length) return { lines };
  const between = text.slice(from, to);
  let depth = 0;
  let open = from;
  for (const match of between.matchAll(bracket)) {
    const at = from + match.index;
    if (match[0] === '/*') {
      if (depth === 0) open = at;
      depth++;
    } else if (match[0] === '*/') depth--;
    else if (depth > 0) depth += bracketsIn(match[0]);
    else if (beginsLine(text, at)) lines.push({ text: match[0].slice(2).trim(), at, end: at + match[0].length });
  }
  return { lines, ...(depth > 0 ? { open } : {}) };
}

/** How much deeper it is behind a line whose dashes stand within a comment. */
const bracketsIn = (text: string) => text.split('/*').length - text.split('*/').length;

const beginsLine = (text: string, at: number) => text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim() === '';
