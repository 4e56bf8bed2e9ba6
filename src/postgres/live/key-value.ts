import { RowsmithError } from '../../errors.js';
import { knownParameters } from './known-parameters.js';
import type { Parameters } from './parameters.js';

/**
 * Reads libpq's other form of a connection string: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE.
 * As of a URL, no message quotes any part of it.
 *
 * @example parseKeyValue("host=localhost user=me password='two words'") // { host: 'localhost', user: 'me', password: 'two words' }
 */
export function parseKeyValue(text: string): Parameters {
  const found: Record<string, string> = {};
  let rest = text.trimStart();
  while (rest !== '') {
    const [all, name, quoted, plain = ''] = pair.exec(rest) ?? [];
    if (all === undefined || name === undefined) throw unreadable('It is not written as name=value name=value.');
    if (!knownParameters.has(name)) throw unreadable('It has a parameter that libpq does not know.');
    found[name] = (quoted ?? plain).replace(/\\(.)/gs, '$1');
    rest = rest.slice(all.length).trimStart();
  }
  return found;
}

/** `name = value`, or `name = 'value'`; a backslash takes away what the next character means. */
const pair = /^(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'(?=\s|$)|((?:[^\s'\\]|\\.)(?:[^\s\\]|\\.)*)?(?=\s|$))/s;

function unreadable(reason: string): RowsmithError {
  return new RowsmithError(
    'connection-failed',
    `The connection string cannot be read. ${reason}`,
    "It has the form host=… port=… dbname=… user=… password='…'; a quote in a value is written as \\'.",
  );
}
