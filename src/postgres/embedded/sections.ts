/** The marks with which a tool separates up and down sections in one file. */
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

/** Tern's mark. The up section is above it: https://github.com/jackc/tern#migrations. */
const dropBelow = /^\s*----\s*create above\s*\/\s*drop below\s*----\s*$/i;

export interface UpSections {
  /** The tool that the marks belong to. */
  readonly tool: string;
  /** The file's text with all other lines emptied, so that line numbers stay the same. */
  readonly text: string;
}

/**
 * The up sections of a file; undefined for a file without marked sections. Except for tern's mark, only comments may
 * precede the first mark. The down section may come first.
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
