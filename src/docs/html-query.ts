import type { QueryEntry, QueryFieldEntry, QueryTarget } from './page.js';

/** A query, as `docs.html.hbs` places it. */
export function queryContext({ id, name, place, rows, comment, arguments: given, fields, reads, writes }: QueryEntry) {
  return {
    id,
    name,
    place,
    rows,
    hasComment: comment !== undefined,
    comment: comment ?? '',
    hasFields: given.length + fields.length > 0,
    fields: [...given.map((one) => fieldContext('argument', one)), ...fields.map((one) => fieldContext('result', one))],
    hasReads: reads.length > 0,
    reads: reads.map(targetContext),
    hasWrites: writes.length > 0,
    writes: writes.map(targetContext),
  };
}

function fieldContext(role: 'argument' | 'result', { name, type, sqlType, nullable, origin }: QueryFieldEntry) {
  return { role, name, type, sqlType, nullable, hasOrigin: origin !== undefined, origin: origin ?? '' };
}

function targetContext({ id, name }: QueryTarget) {
  return { hasModel: id !== undefined, id: id ?? '', name };
}
