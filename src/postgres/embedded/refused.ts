import { RowsmithError } from '../../errors.js';
import { printable } from '../../printable.js';
import type { ScriptFile } from './left-out.js';
import type { Statement } from './script.js';

/**
 * Statements that require access to the machine, by their first words. The server would refuse each of them anyway,
 * however written, because it has no access to the machine. This list only reports it earlier and more clearly.
 */
const refused: readonly { readonly when: (statement: Statement) => boolean; readonly what: string }[] = [
  { when: ({ leading }) => leading[0] === 'load', what: 'LOAD opens a library of the server' },
  {
    when: ({ leading, text }) => leading[0] === 'copy' && /\b(from|to)\s+program\b/i.test(text),
    what: 'COPY … PROGRAM runs a program',
  },
  {
    when: ({ leading }) =>
      leading[0] === 'select' && /^lo_(ex|im)port$/.test(leading.find((word) => word.startsWith('lo_')) ?? ''),
    what: 'lo_import and lo_export read and write files of the server',
  },
  {
    when: ({ leading }) => leading[0] === 'alter' && leading[1] === 'system',
    what: 'ALTER SYSTEM writes the settings of the server',
  },
  { when: isOfForeignLibrary, what: 'LANGUAGE C runs a library of the server' },
];

/**
 * Whether a statement creates a function of a C library that does not come with PostgreSQL. Dumps of old servers create
 * functions of libraries that do, and those are available here too.
 */
function isOfForeignLibrary({ leading, text }: Statement): boolean {
  return (
    leading[0] === 'create' &&
    leading.includes('function') &&
    /\blanguage\s+'?c\b/i.test(text) &&
    !/\bas\s+'\$libdir\//i.test(text)
  );
}

/** Refuses the first statement that requires what the embedded Postgres cannot provide. */
export function refuseStatements({ path, script }: ScriptFile): void {
  for (const statement of script.statements) {
    const found = refused.find(({ when }) => when(statement));
    if (!found) continue;
    throw new RowsmithError(
      'sql-not-supported',
      printable(`${path}:${statement.line}: ${found.what}, which the embedded Postgres does not allow.`),
      'Remove the statement, or use a live database.',
    );
  }
}
