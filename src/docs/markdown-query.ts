import { code, prose, table } from '../report/markdown.js';
import type { QueryEntry, QueryFieldEntry, QueryTarget } from './page.js';

/** A query, as finished blocks of Markdown. */
export function queryBlock({ name, place, rows, comment, arguments: given, fields, reads, writes }: QueryEntry) {
  const facts = [`Returns ${rows}.`, ...relations('Reads', reads), ...relations('Writes', writes)];
  return {
    title: code(name),
    place: code(place),
    facts: facts.join(' '),
    hasComment: comment !== undefined,
    comment: prose(comment ?? ''),
    hasFields: given.length + fields.length > 0,
    fields: table(
      ['Name', 'Is', 'Type in SQL', 'Type in TypeScript', 'Column'],
      [...given.map((one) => fieldRow('argument', one)), ...fields.map((one) => fieldRow('result', one))],
    ),
  };
}

function relations(verb: string, targets: readonly QueryTarget[]): string[] {
  return targets.length === 0 ? [] : [`${verb} ${targets.map(({ name }) => code(name)).join(', ')}.`];
}

function fieldRow(role: string, { name, type, sqlType, nullable, origin }: QueryFieldEntry): string[] {
  const shown = origin === undefined ? '' : code(origin);
  return [code(name), nullable ? `${role}, may be null` : role, code(sqlType), code(type), shown];
}
