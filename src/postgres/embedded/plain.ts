import { nextToken } from './lexer.js';
import type { Statement } from './script.js';
import { inTransactionAfter } from './transaction.js';

/**
 * Statements whose effect is all in the data directory, and the same whenever they run: definitions that are written down, neither evaluated nor run. A
 * head (`heads.ts`) is made of nothing else. Whatever is not known to be plain is not: what reads or writes rows, runs code, or is about
 * the session, its database, the clock or chance.
 */

const made = 'table|unlogged|type|domain|schema|sequence|view|index|unique|function|procedure|trigger|constraint|extension|policy|aggregate|statistics|role|user|group|operator|cast|collation';
const changed = 'table|type|domain|schema|sequence|view|index|function|procedure|trigger|extension|policy|aggregate|statistics|default|operator|collation';
const definitions = new RegExp(`^(create (or replace )?(${made})|(alter|drop) (${changed})|(grant|revoke|comment on)) `);

const transactions = /^(begin|commit|end)( (work|transaction))?$|^start transaction$/;

/** Settings of the session that are set again before what follows a head, and change what a definition means by it at most. */
const settings = 'search_path|check_function_bodies|client_min_messages|default_tablespace|default_table_access_method|row_security|xmloption|statement_timeout|lock_timeout|idle_in_transaction_session_timeout|transaction_timeout|client_encoding';
const setting = new RegExp(`^set (session )?((${settings}) (=|to) |standard_conforming_strings (=|to) '?on'?$)`);
const setConfig = /^select\s+(pg_catalog\.)?set_config\s*\(\s*'search_path'\s*,\s*'[^'\\]*'\s*,\s*false\s*\)$/i;

/** Whether a statement only sets the session up, and is to be repeated where a session begins behind it. */
export function setsSession({ leading, text }: Statement): boolean {
  return (setting.test(leading.join(' ')) && !/pg_temp|U&/i.test(text)) || setConfig.test(text);
}

/** How many of the statements, from the first on, are plain, up to where no transaction is open. */
export function countPlain(statements: readonly Statement[]): number {
  let count = 0;
  let open = false;
  for (const [index, statement] of statements.entries()) {
    if (!isPlain(statement)) break;
    open = inTransactionAfter(statement.leading, open);
    if (!open) count = index + 1;
  }
  return count;
}

export function isPlain(statement: Statement): boolean {
  const start = `${statement.leading.join(' ')} `;
  if (setsSession(statement) || transactions.test(start.trimEnd())) return true;
  if (!definitions.test(start)) return false;
  return start.startsWith('comment on ') || isWrittenDown(statement);
}

/** Postgres reads these at once where a date or a time is due: https://www.postgresql.org/docs/current/datatype-datetime.html. */
const clock = /(?<![a-z])(now|today|tomorrow|yesterday)(?![a-z])/i;
/** The offset of a zone may be that of today. */
const timeInZone = /^(?=[^]*\d:\d\d)[^]*[a-z]/i;
/** What bounds of partitions are made of that leave nothing to evaluate. */
const bounds = /^([^a-z"]+|e?'[^]*|from|to|in|with|modulus|remainder|minvalue|maxvalue|null|true|false)$/i;

/**
 * Whether nothing that a definition says is evaluated when it is made, and nothing is said in a way that is hard to see. A function may still be called, of
 * the kinds that promise to change nothing (STABLE, for the default of a new column) and to depend on nothing else (IMMUTABLE).
 */
function isWrittenDown({ text, leading: [first, second, third, fourth] }: Statement): boolean {
  const makesTable = first === 'create' && (second === 'table' || second === 'unlogged');
  const makesRoutine = first === 'create' && [second, fourth].some((kind) => kind === 'function' || kind === 'procedure') && (second !== 'or' || third === 'replace');
  let depth = 0;
  let previous = '';
  let inBounds = false;
  for (let token = nextToken(text, 0); token; token = nextToken(text, token.end)) {
    const value = text.slice(token.start, token.end);
    if (token.kind === 'string' && !(makesRoutine && previous === 'as') && isEvaluated(value)) return false;
    const word = token.kind === 'string' ? "'" : token.kind === 'word' ? value.toLowerCase() : value;
    if (word === '(') depth++;
    else if (word === ')') depth--;
    // Strings that stand side by side are one; U&'…' has escapes of its own; what is in pg_temp is the session's; CREATE TABLE … AS runs a query.
    if ((word === "'" && previous === "'") || (word === '&' && previous === 'u') || (word === '.' && /^"?pg_temp/.test(previous)) || (makesTable && depth === 0 && word === 'as')) return false;
    if (inBounds && !bounds.test(value)) return false;
    inBounds ||= word === 'values' && previous === 'for';
    previous = word;
  }
  return true;
}

/** Whether a string could mean one thing today and another one tomorrow, or has escapes, but of quotes and backslashes, that could spell such a one. */
function isEvaluated(value: string): boolean {
  const inner = value.replace(/^(e?'|\$[^$]*\$)|('|\$[^$]*\$)$/gi, '');
  return clock.test(inner) || timeInZone.test(inner) || (/^e/i.test(value) && value.replace(/\\[\\']/g, '').includes('\\'));
}
