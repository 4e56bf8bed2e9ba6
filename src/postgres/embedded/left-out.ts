import { RowsmithError } from '../../errors.js';
import { printable } from '../../printable.js';
import type { SqlFile } from './files.js';
import type { MetaCommand, Script, Statement } from './script.js';

/** A script, with the path that messages show for it. */
export interface ScriptFile extends Omit<SqlFile, 'text'> {
  readonly script: Script;
}

/**
 * Statements about the surroundings of a schema, by their first words, with the reason why they are not run. What a
 * schema refers to, such as roles, is created as a substitute instead: see remedies.ts.
 */
const around: readonly { readonly starts: RegExp; readonly reason: string }[] = [
  { starts: /^(create|alter|drop) database /, reason: 'every file is loaded into the same database' },
  { starts: /^(create|alter|drop) tablespace /, reason: 'it says where data is stored' },
  // The embedded server cannot replicate, because it has no libpqwalreceiver to load.
  { starts: /^(create|alter|drop|comment on) subscription /, reason: 'it replicates data' },
];

/** Why a statement is not run; undefined if it is run. */
export function whyLeftOut({ leading }: Statement): string | undefined {
  const start = leading.join(' ');
  return (
    around.find(({ starts }) => starts.test(start))?.reason ??
    (setsOtherEncoding(leading) ? 'the file was read as UTF-8' : undefined)
  );
}

/** Whether a statement sets `client_encoding` to anything but UTF-8, in which rowsmith sends everything. */
function setsOtherEncoding([set, parameter, , value]: readonly string[]): boolean {
  return (
    set === 'set' &&
    parameter === 'client_encoding' &&
    value !== undefined &&
    !/^'?(utf-?8|unicode|default)'?$/i.test(value)
  );
}

/** Commands in the output of every pg_dump since August 2025 (CVE-2025-8714), so they are not worth a note. */
const silent = ['restrict', 'unrestrict'] as const;

/** The psql commands that do not affect the schema: they connect, print, or configure psql itself. */
const harmless: ReadonlySet<string> = new Set([
  ...['c', 'connect', 'encoding', 'set', 'unset', 'q', 'quit'],
  ...['echo', 'qecho', 'warn', 'pset', 'timing', 'x', 't', 'a', 'f', 'C', 'H', 'T', 'conninfo', 'prompt', 'errverbose'],
  ...silent,
]);

const includes: ReadonlySet<string> = new Set(['i', 'ir', 'include', 'include_relative']);

/** Refuses a psql command that may affect the schema or the machine. */
export function refuseMetaCommands({ path, script }: ScriptFile): void {
  const refused = script.metaCommands.find(({ name }) => !harmless.has(name));
  if (!refused) return;
  const message = `${path}:${refused.line}: the psql command \\${refused.name} is not supported.`;
  const hint = includes.has(refused.name)
    ? `List the included file in source.sql, at its place in the order: ${refused.arguments}`
    : 'rowsmith runs SQL, not psql: remove the command, or use a live database.';
  throw new RowsmithError('sql-not-supported', printable(message), printable(hint));
}

/** Notes about what is known in advance to be skipped in a file, one for each kind. */
export function notesOn({ path, script }: ScriptFile): readonly string[] {
  const notes: string[] = [];
  const end = script.metaCommands.find(endsScript);
  const names = new Set(script.metaCommands.filter((command) => command !== end).map(({ name }) => name));
  for (const name of silent) names.delete(name);
  // It only makes psql stop at the first error, as rowsmith does.
  if (script.metaCommands.every(({ name, arguments: given }) => name !== 'set' || /^ON_ERROR_STOP\b/.test(given)))
    names.delete('set');
  if (names.size > 0) {
    const list = [...names].map((name) => `\\${name}`).join(', ');
    notes.push(`${path}: psql commands skipped (no effect on the schema): ${list}`);
  }
  if (end) notes.push(`${path}:${end.line}: \\${end.name} ends the file here`);
  const { length } = script.copies;
  if (length > 0) notes.push(`${path}: ${length} COPY ${length === 1 ? 'block' : 'blocks'} (data, not schema) skipped`);
  return notes;
}

function endsScript({ name }: MetaCommand): boolean {
  return name === 'q' || name === 'quit';
}
