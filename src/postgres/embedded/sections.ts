/** The marks by which a tool tells, in one file, what goes up and what goes down. */
interface Marks {
  readonly tool: string;
  readonly up: RegExp;
  readonly down: RegExp;
}

const marks: readonly Marks[] = [
  { tool: 'dbmate', up: /^--\s*migrate:up(\s|$)/, down: /^--\s*migrate:down(\s|$)/ },
  { tool: 'goose', up: /^\s*--\s*\+goose\s+up\s*$/i, down: /^\s*--\s*\+goose\s+down\s*$/i },
  { tool: 'sql-migrate', up: /^\s*--\s*\+migrate\s+up(\s|$)/i, down: /^\s*--\s*\+migrate\s+down(\s|$)/i },
  { tool: 'rambler', up: /^\s*--\s*rambler\s+up\s*$/i, down: /^\s*--\s*rambler\s+down\s*$/i },
  { tool: 'Play', up: /^\s*(--|#)\s*---\s*!ups\b/i, down: /^\s*(--|#)\s*---\s*!downs\b/i },
  {
    tool: 'marked sections',
    up: /^\s*--+\s*(up|migrate up)\s*:?\s*-*\s*$/i,
    down: /^\s*--+\s*(down|migrate down|rollback)\s*:?\s*-*\s*$/i,
  },
  { tool: 'node-pg-migrate', up: /^\s*--[\s-]*up\s+migration/i, down: /^\s*--[\s-]*down\s+migration/i },
];

/** Tern's mark, which has what goes up above it: https://github.com/jackc/tern#migrations. */
const dropBelow = /^\s*----\s*create above\s*\/\s*drop below\s*----\s*$/i;

export interface UpSections {
  /** The tool whose marks they are. */
  readonly tool: string;
  /** The file's text with the other lines emptied, so that the lines keep their numbers. */
  readonly text: string;
}

/**
 * The part of a file that goes up; undefined for a file without marked sections. Only comments stand before the first
 * mark, except for tern's. The part that goes down may be the first.
 */
export function upSections(text: string): UpSections | undefined {
  const lines = text.split('\n');
  const tern = lines.findIndex((line) => dropBelow.test(line));
  if (tern >= 0) return { tool: 'tern', text: lines.map((line, index) => (index < tern ? line : '')).join('\n') };
  const isMark = ({ up, down }: Marks, line: string) => up.test(line) || down.test(line);
  const pairs = marks.filter(({ up }) => lines.some((line) => up.test(line)));
  const first = lines.find((line) => !/^\s*(--.*)?$/.test(line) || pairs.some((pair) => isMark(pair, line)));
  const found = first === undefined ? undefined : pairs.find((pair) => isMark(pair, first));
  if (!found) return undefined;
  let isUp = false;
  const upLines = lines.map((line) => {
    if (found.up.test(line)) isUp = true;
    else if (found.down.test(line)) isUp = false;
    return isUp ? line : '';
  });
  return { tool: found.tool, text: upLines.join('\n') };
}
