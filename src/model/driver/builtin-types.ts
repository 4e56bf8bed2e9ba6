import { builtin, shared, union, type TsType } from '../ts-type.js';
import type { DriverType, ProfileName } from './driver-type.js';

/**
 * Every type of `pg_catalog` that a column can have, and what each driver profile makes of it. `test/matrix.test.ts` walks
 * `pg_type` and reads and writes every row of this table through the real drivers; a type without a row fails there.
 *
 * - `pg`: the parsers of `pg-types`, by oid, for what is read; `prepareValue` of `pg` for what is written. A type without a
 *   parser arrives as the text that Postgres prints for it, and so does an array whose own oid has none.
 * - `pg-parsers`: the same driver with the generated `parsers.ts`.
 * - `pglite`: `types.ts` of `@electric-sql/pglite`; it looks up the arrays of all types when it starts.
 */
export type TypeRow = { readonly [Profile in ProfileName]: DriverType };

const string = builtin('string');
const number = builtin('number');
const boolean = builtin('boolean');
const bigint = builtin('bigint');
const date = builtin('Date');
const bytes = builtin('Uint8Array');

/** Read and written as the same JavaScript type, alone and in arrays. */
const same = (type: TsType): DriverType => ({ read: type, write: type, element: type });
/** Read as one type, written as another. */
const rw = (read: TsType, write: TsType, element: TsType | null = read): DriverType => ({ read, write, element });
const row = (pg: DriverType, parsers: DriverType, pglite: DriverType): TypeRow => ({ pg, 'pg-parsers': parsers, pglite });

const plainText = same(string);
/** Text, whose arrays `pg` has no parser for: `{a,b}`. */
const wholeText = rw(string, string, null);

const text = row(wholeText, plainText, plainText);
/** Text, whose arrays `pg` has a parser for. */
const listedText = row(plainText, plainText, plainText);
const everywhere = (type: TsType): TypeRow => row(same(type), same(type), same(type));

/** `infinity` is read as the number Infinity, which `Date` cannot hold; as text it can be written. */
const finiteInstant = rw(date, union(date, string));
const instant: DriverType = { ...rw(union(date, number), union(date, string)), finite: finiteInstant };

/** PGlite writes a `Date` in UTC and reads a timestamp without time zone in the machine's zone: text alone is safe. */
const zonelessInstant: DriverType = { ...instant, write: string, finite: { ...finiteInstant, write: string } };

const interval = rw(shared('Interval'), union(shared('Interval'), string));
const json = rw(shared('Json'), shared('JsonInput'));

export const builtinTypes: { readonly [pgType: string]: TypeRow } = {
  aclitem: text,
  bit: text,
  bool: everywhere(boolean),
  // Arrays of boxes are separated by ";", which `pg` does not know when it writes them.
  box: row({ ...wholeText, arrayWrite: 'text' }, { ...plainText, arrayWrite: 'text' }, plainText),
  bpchar: listedText,
  bytea: row(rw(builtin('Buffer'), bytes), rw(builtin('Buffer'), bytes), same(bytes)),
  char: text,
  cid: text,
  cidr: listedText,
  // An object when read; the driver would write it as JSON, so text alone can be written.
  circle: row(rw(shared('Circle'), string, null), rw(shared('Circle'), string), plainText),
  date: row(instant, plainText, instant),
  datemultirange: text,
  daterange: text,
  float4: everywhere(number),
  float8: everywhere(number),
  gtsvector: text,
  inet: listedText,
  int2: everywhere(number),
  int2vector: text,
  int4: everywhere(number),
  int4multirange: text,
  int4range: text,
  // As text under `pg`: a JavaScript number is exact up to 2^53 only. PGlite gives a number up to there, a bigint beyond.
  int8: row(plainText, rw(bigint, union(bigint, number)), rw(union(number, bigint), union(bigint, number, string))),
  int8multirange: text,
  int8range: text,
  interval: row(interval, plainText, plainText),
  json: row(json, json, json),
  jsonb: row(json, json, json),
  jsonpath: text,
  line: text,
  lseg: text,
  macaddr: listedText,
  macaddr8: text,
  money: listedText,
  name: text,
  // Alone as text, in arrays as JavaScript numbers: the driver's own inconsistency.
  numeric: row(rw(string, union(string, number), number), rw(string, union(string, number)), rw(string, union(string, number))),
  nummultirange: text,
  numrange: listedText,
  oid: everywhere(number),
  oidvector: text,
  path: text,
  pg_brin_bloom_summary: text,
  pg_brin_minmax_multi_summary: text,
  pg_dependencies: text,
  pg_lsn: text,
  pg_mcv_list: text,
  pg_ndistinct: text,
  pg_node_tree: text,
  pg_snapshot: text,
  point: row(rw(shared('Point'), string), rw(shared('Point'), string), plainText),
  polygon: text,
  refcursor: text,
  regclass: text,
  regcollation: text,
  regconfig: text,
  regdatabase: text,
  regdictionary: text,
  regnamespace: text,
  regoper: text,
  regoperator: text,
  regproc: listedText,
  regprocedure: text,
  regrole: text,
  regtype: text,
  text: listedText,
  tid: text,
  time: listedText,
  timestamp: row(instant, plainText, zonelessInstant),
  timestamptz: row(instant, plainText, instant),
  timetz: listedText,
  tsmultirange: text,
  tsquery: text,
  tsrange: text,
  tstzmultirange: text,
  tstzrange: text,
  tsvector: text,
  txid_snapshot: text,
  uuid: listedText,
  varbit: text,
  varchar: listedText,
  xid: text,
  xid8: text,
  xml: text,
};

/** The built-in ranges by their subtype; a schema's own are in the catalog. */
export const builtinRanges: { readonly [range: string]: { readonly subtype: string; readonly multirange: string } } = {
  daterange: { subtype: 'date', multirange: 'datemultirange' },
  int4range: { subtype: 'int4', multirange: 'int4multirange' },
  int8range: { subtype: 'int8', multirange: 'int8multirange' },
  numrange: { subtype: 'numeric', multirange: 'nummultirange' },
  tsrange: { subtype: 'timestamp', multirange: 'tsmultirange' },
  tstzrange: { subtype: 'timestamptz', multirange: 'tstzmultirange' },
};
