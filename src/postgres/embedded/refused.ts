import { RowsmithError } from '../../errors.js';
import { printable } from '../../printable.js';
import type { ScriptFile } from './left-out.js';
import type { Statement } from './script.js';

/**
 * Statements that want something from the machine, by the words they start with. The server would refuse each of them
 * too, whatever its text, because it can do nothing to the machine. This list only says so earlier, and in words.
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
 * Whether a statement creates a function of a C library that did not come with PostgreSQL. Dumps of old servers create
 * functions of libraries that did, and those are here too.
 */
function isOfForeignLibrary({ leading, text }: Statement): boolean {
  return (
    leading[0] === 'create' &&
    leading.includes('function') &&
    /\blanguage\s+'?c\b/i.test(text) &&
    !/\bas\s+'\$libdir\//i.test(text)
  );
}

/** Refuses the first statement that wants what the embedded Postgres cannot give. */
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
