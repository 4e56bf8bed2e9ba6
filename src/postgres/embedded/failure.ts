import { RowsmithError } from '../../errors.js';
import { printable } from '../../printable.js';
import { type ExtensionBundle, knownPackage } from './extension-packages.js';
import { isPostgresError, type PostgresError } from './messages.js';
import type { Statement } from './script.js';

/** How much of a statement a hint shows: the number of lines, and of columns in each. */
const shownLines = 10;
const shownColumns = 160;

/** Missing extensions that a script creates, each with the place of the statement. */
export type MissingExtensions = ReadonlyMap<string, string>;

/**
 * The error for a failed statement: where it is and what Postgres says. The hint has the statement and what may help.
 */
export function sqlFailed(
  path: string,
  statement: Statement,
  cause: unknown,
  missing: MissingExtensions,
): RowsmithError {
  const error = isPostgresError(cause) ? cause : undefined;
  const message = cause instanceof Error ? cause.message : String(cause);
  const line = error?.position === undefined ? statement.line : lineAt(statement, Number(error.position));
  const hint = [excerpt(statement.text), ...explanations(error), ...missingHint(missing), ...otherLanguage(statement)];
  return new RowsmithError('sql-failed', `${path}:${line}: ${onOneLine(message)}`, hint.join('\n'), { cause });
}

/**
 * The error for an extension whose package is compiled for another PGlite than the installed one; undefined if that is
 * not the cause.
 */
export function doesNotFit(
  place: string,
  bundle: ExtensionBundle | undefined,
  cause: unknown,
): RowsmithError | undefined {
  const isLibrary = cause instanceof Error && /incompatible library|could not load library/.test(cause.message);
  if (!isLibrary || !bundle?.madeFor) return undefined;
  const { name, version, pglite } = bundle.madeFor;
  return new RowsmithError(
    'sql-not-supported',
    `${place}: ${name} ${version} is made for PGlite ${pglite}, and does not run on the one that is installed.`,
    `Install the version of ${name} that is made for it, where there is one, or point \`source\` at a live database.`,
    { cause },
  );
}

/** The line of the position that Postgres reports. It counts characters (code points) from 1. */
function lineAt({ text, line }: Statement, position: number): number {
  let counted = 0;
  let found = line;
  for (const character of text) {
    if (++counted >= position) break;
    if (character === '\n') found++;
  }
  return found;
}

function explanations(error: PostgresError | undefined): readonly string[] {
  const parts = { detail: error?.detail, hint: error?.hint, context: error?.where };
  return Object.entries(parts).flatMap(([name, text]) =>
    text ? [`Postgres' ${name}: ${bothEnds(onOneLine(text))}`] : [],
  );
}

/** The context of a failure has the whole statement within a function, which may insert a thousand rows. */
function bothEnds(text: string): string {
  return text.length > 4 * shownColumns ? `${text.slice(0, shownColumns)} … ${text.slice(-shownColumns)}` : text;
}

function missingHint(missing: MissingExtensions): readonly string[] {
  if (missing.size === 0) return [];
  const names = [...missing].map(([name, place]) => `${name} (${place})`).join(', ');
  const packages = [...missing.keys()].flatMap((name) => knownPackage(name) ?? []);
  const install = packages.length > 0 ? `install ${packages.join(', ')} beside rowsmith, or ` : '';
  return [
    `The embedded Postgres does not have ${names}. If that is the cause, ${install}point \`source\` at a live database that has it.`,
  ];
}

/** A hint about text that another program should have replaced: a template or a psql variable. */
function otherLanguage({ text }: Statement): readonly string[] {
  if (/\{\{[^}]*\}\}/.test(text))
    return [
      '{{ … }} is a template of another tool: render it first, or use a command that prints the SQL (source.command).',
    ];
  const [, name] = /(?<![:\w]):['"]?([a-z_]\w*)/i.exec(text) ?? [];
  return name === undefined
    ? []
    : [`If :${name} is a psql variable, set its value: source: { sql: …, variables: { ${name}: '…' } }.`];
}

function excerpt(text: string): string {
  const lines = withoutSecrets(text).split(/\r?\n/);
  const shown = lines
    .slice(0, shownLines)
    .map((line) => (line.length > shownColumns ? `${line.slice(0, shownColumns)} …` : line));
  const rest = lines.length - shown.length;
  return printable([...shown, ...(rest > 0 ? [`… (${rest} more ${rest === 1 ? 'line' : 'lines'})`] : [])].join('\n'));
}

/** Hides the passwords of roles, foreign servers and subscriptions. */
function withoutSecrets(text: string): string {
  return text.replace(/(\bpassword\s*=?\s*)E?'(?:\\[\s\S]|''|[^'\\])*'?|(\bpassword=)[^\s']+/gi, '$1$2…');
}

function onOneLine(text: string): string {
  return printable(text.replace(/\s+/g, ' ').trim());
}
