/**
 * Values of one type that the matrix stores, as Postgres reads them, and TypeScript that may be written to a column of
 * the type. A type of `pg_type` without an entry is reported as wrong, so that new types are not overlooked.
 */
export interface Sample {
  /** Values as text that Postgres reads, including the type's special values. */
  readonly values: readonly string[];
  /** Values that only some server versions know. */
  readonly since?: { readonly [version: number]: readonly string[] };
  /** A SQL query for one value, if the type has no text input. */
  readonly query?: string;
  /** TypeScript expressions that can be written. Default: the values as string literals. */
  readonly writes?: readonly string[];
  /** What can be written to arrays of the type. Default: arrays of the expressions above. */
  readonly listWrites?: readonly string[];
  /**
   * Expressions that the type must refuse, because the database would, or because the driver would send something else.
   */
  readonly refuses?: readonly string[];
  /** Differences by profile. */
  readonly profiles?: {
    readonly [profile: string]: Pick<Partial<Sample>, 'values' | 'writes' | 'listWrites' | 'refuses' | 'wholeArrays'>;
  };
  /** The driver cannot read an array of the type that contains NULL. */
  readonly wholeArrays?: true;
  /** Whether the type cannot hold NULL, not even as an element. */
  readonly notNull?: true;
  /** Why nothing can be stored. The column is declared and stays NULL. */
  readonly noValue?: string;
}

const values = (...values: string[]): Sample => ({ values });
const temporal = (type: string, first: string, old: string) => {
  const from = (day: string) => `Temporal.${type}.from('${day}T12:00:00${type === 'Instant' ? 'Z' : ''}')`;
  return {
    values: [first, 'infinity', '-infinity', old],
    writes: [from('2024-02-29'), from('-000043-03-15'), from('+012024-01-02'), "'infinity'"],
    refuses: ['5', 'new Date(0)', 'Temporal.Now.plainTimeISO()'],
  };
};
/** postgres.js converts text to a `Date` before it sends it. Infinity and years before 1 cannot be a `Date`. */
const throughDate = {
  PlainDate: { writes: ["'2024-02-29'"], refuses: ['5', 'new Date(0)'] },
  PlainDateTime: { writes: ["'2024-02-29T12:34:56.789Z'"], refuses: ['5', 'new Date(0)', "'2024-02-29 12:34:56'"] },
  Instant: {
    writes: ["'2024-02-29 12:34:56.789+02'", "new Date('2024-02-29T12:00:00Z')"],
    listWrites: ["['2024-02-29 12:34:56.789+02', null]"],
    refuses: ['5', 'true'],
  },
};
const dates = (type: 'PlainDate' | 'PlainDateTime' | 'Instant', first: string, old: string, far: string): Sample => ({
  values: [first, 'infinity', '-infinity', old, far],
  writes: ["new Date('2024-02-29T12:00:00Z')", JSON.stringify(first), "'infinity'", JSON.stringify(old)],
  refuses: ['5', 'true'],
  profiles: {
    'pg-parsers': { writes: [JSON.stringify(first), "'infinity'", JSON.stringify(old)], refuses: ['5', 'new Date(0)'] },
    dates: type === 'Instant' ? { writes: [JSON.stringify(first), 'new Date(0)'], refuses: ['5'] } : {},
    classes: temporal(type, first, old),
    postgres: throughDate[type],
    ...(type === 'PlainDateTime'
      ? { pglite: { writes: [JSON.stringify(first), "'infinity'"], refuses: ['5', 'new Date(0)'] } }
      : {}),
  },
});
const ranges = (some: string, open: string): Sample => values(some, open, 'empty', '(,)');
const multiranges = (some: string): Sample => values(some, '{}', '{(,)}');
const integer = (...list: string[]): Sample => ({ values: list, writes: list, refuses: ["'1'", '1n', 'true'] });
const float: Sample = {
  values: ['1.5', 'NaN', 'Infinity', '-Infinity', '0'],
  writes: ['1.5', 'NaN', 'Infinity', '-Infinity', '1e-20'],
  refuses: ["'a'"],
};
const json: Sample = {
  values: ['{"a": [1, null]}', '[1, "a", null]', '"text"', '1.5', 'true', 'null', '[]', '{}'],
  writes: ['{ a: [1, null] }', '1', 'true', 'jsonText([1, 2])', "jsonText('a')", 'jsonText(null)', '{}'],
  refuses: ['[1, 2]', '[]', "'a'", '() => 1', '1n', 'new Map()'],
  profiles: {
    postgres: {
      writes: ['{ a: [1, null] }', '1', 'jsonText(true)', 'jsonText([true])', "jsonText('a')", 'jsonText(null)', '{}'],
      listWrites: ["[jsonText({ type: 'a', value: 1 }), jsonText([true]), jsonText('a'), 5]"],
      refuses: ['[1, 2]', '[]', "'a'", '() => 1', '1n', 'true', 'new Map()'],
      wholeArrays: true,
    },
  },
};
const int8Values = ['1', '0', '9007199254740993', '9223372036854775807', '-9223372036854775808'];

export const samples: { readonly [type: string]: Sample } = {
  aclitem: values('postgres=r/postgres'),
  bit: values('1', '0'),
  bool: {
    values: ['true', 'false'],
    writes: ['true', 'false'],
    refuses: ["'t'", '1'],
    profiles: { postgres: { listWrites: ["'{t,f,NULL}'"] } },
  },
  box: {
    ...values('(1,1),(0,0)', '(Infinity,1),(0,0)'),
    listWrites: ["'{(1,1),(0,0);NULL}'"],
    profiles: { pglite: { listWrites: [] }, postgres: { listWrites: [] } },
  },
  bpchar: values('a', ''),
  bytea: {
    values: ['\\x00ff', ''],
    writes: ['new Uint8Array([0, 255])', "Buffer.from('a')"],
    refuses: ["'a'"],
    profiles: {
      pglite: { writes: ['new Uint8Array([0, 255])'], refuses: ["'a'"] },
      postgres: { listWrites: [`'{"\\\\\\\\x00ff",NULL}'`] },
      // As under `pg`, the type says that elements can be bytes. This driver throws before it sends them.
      neon: { listWrites: ['[]'] },
    },
  },
  char: values('a'),
  cid: values('1'),
  cidr: values('10.0.0.0/8', '::/0'),
  circle: { values: ['<(1,2),3>', '<(0,0),Infinity>'], refuses: ['{ x: 1, y: 2, radius: 3 }'] },
  date: dates('PlainDate', '2024-02-29', '0044-03-15 BC', '5874897-12-31'),
  datemultirange: multiranges('{[2024-01-01,2024-01-03),[2024-02-01,infinity)}'),
  daterange: ranges('[2024-01-01,2024-01-03)', '[2024-01-01,infinity)'),
  float4: float,
  float8: float,
  gtsvector: { values: [], noValue: 'an index of text search keeps it; it has no input' },
  inet: values('10.0.0.1', '::1/128'),
  int2: integer('1', '-32768', '32767'),
  int2vector: values('1 2', ''),
  int4: integer('1', '-2147483648'),
  int4multirange: multiranges('{[1,3),[5,)}'),
  int4range: ranges('[1,5)', '(,5)'),
  int8: {
    values: int8Values,
    writes: ['1n', '9223372036854775807n', '5', "'7'", "'9223372036854775807'"],
    refuses: ['true'],
    profiles: { postgres: { listWrites: ["[5, '7', null]"] } },
  },
  int8multirange: multiranges('{[1,3),[5,)}'),
  int8range: ranges('[1,9007199254740993)', '(,5)'),
  interval: {
    values: ['1 year 2 mons 3 days 04:05:06.789', '-1 days', '0', '-00:00:01'],
    since: { 17: ['infinity', '-infinity'] },
    writes: ['interval', "'1 day'"],
    refuses: ['{ days: 1 }', '5'],
    profiles: {
      'pg-parsers': { writes: ["'1 day'"], refuses: ['5', '{ days: 1 }'] },
      pglite: { writes: ["'1 day'"], refuses: ['5'] },
      postgres: { writes: ["'1 day'"], refuses: ['5'] },
    },
  },
  json,
  jsonb: json,
  jsonpath: values('$."a"[*]'),
  line: values('{1,2,3}'),
  lseg: values('[(0,0),(1,1)]'),
  macaddr: values('08:00:2b:01:02:03'),
  macaddr8: values('08:00:2b:01:02:03:04:05'),
  money: values('$1,234.56', '-$0.01'),
  name: values('abc', '{a,b}'),
  numeric: {
    values: ['1.50', 'NaN', 'Infinity', '-Infinity', '123456789012345678901234567890.5'],
    writes: ["'1.50'", '1.5', "'NaN'", 'NaN', 'Infinity', '1e21'],
    refuses: ['1n'],
    profiles: {
      classes: {
        writes: [
          "new Decimal('1.50')",
          'new Decimal(NaN)',
          'new Decimal(-Infinity)',
          "new Decimal('1e30')",
          "'1.50'",
          '1.5',
        ],
      },
    },
  },
  nummultirange: multiranges('{[1.5,3),[5,)}'),
  numrange: ranges('[1.5,2)', '(,5)'),
  oid: integer('1', '4294967295'),
  oidvector: values('1 2', ''),
  path: values('[(0,0),(1,1)]', '((0,0),(1,1))'),
  pg_brin_bloom_summary: { values: [], noValue: 'an index keeps it; it has no input' },
  pg_brin_minmax_multi_summary: { values: [], noValue: 'an index keeps it; it has no input' },
  pg_dependencies: {
    values: [],
    query: 'select stxddependencies from pg_statistic_ext_data where stxddependencies is not null limit 1',
    writes: [],
  },
  pg_lsn: values('16/B374D848'),
  pg_mcv_list: {
    values: [],
    query: 'select stxdmcv from pg_statistic_ext_data where stxdmcv is not null limit 1',
    writes: [],
  },
  pg_ndistinct: {
    values: [],
    query: 'select stxdndistinct from pg_statistic_ext_data where stxdndistinct is not null limit 1',
    writes: [],
  },
  pg_node_tree: { values: [], query: 'select ev_action from pg_rewrite order by oid limit 1', writes: [] },
  pg_snapshot: values('10:20:10,14'),
  point: { values: ['(1,2)', '(NaN,Infinity)'], refuses: ['{ x: 1, y: 2 }'] },
  polygon: values('((0,0),(1,1),(2,0))'),
  refcursor: values('c'),
  regclass: values('pg_class'),
  regcollation: values('"C"'),
  regconfig: values('simple'),
  regdictionary: values('simple'),
  regnamespace: values('pg_catalog'),
  regoper: values('#-'),
  regoperator: values('+(integer,integer)'),
  regproc: values('pg_sleep', '-'),
  regprocedure: values('now()', 'pg_sleep(double precision)'),
  regrole: values('postgres'),
  regtype: values('integer', 'timestamp with time zone'),
  text: { values: ['a', '', 'NULL', '{a,b}', 'a"b\\c', 'é,\n'], refuses: ['1', '{}'] },
  tid: values('(0,1)'),
  time: {
    values: ['12:34:56.789', '24:00:00'],
    profiles: {
      classes: {
        values: ['12:34:56.789', '00:00:00'],
        writes: ["Temporal.PlainTime.from('12:34:56.789')", "'12:34'"],
        refuses: ['5', 'new Date(0)'],
      },
    },
  },
  timestamp: dates('PlainDateTime', '2024-02-29 12:34:56.789', '0044-03-15 12:00:00 BC', '294276-12-31 23:59:59'),
  timestamptz: dates('Instant', '2024-02-29 12:34:56.789+02', '0044-03-15 12:00:00+00 BC', '294276-12-31 23:59:59+00'),
  timetz: values('12:34:56+02', '24:00:00-08'),
  tsmultirange: multiranges('{["2024-01-01 00:00:00","2024-01-03 00:00:00"),["2024-02-01 00:00:00",infinity)}'),
  tsquery: values("'a' & 'b'", ''),
  tsrange: ranges('["2024-01-01 00:00:00","2024-01-03 00:00:00")', '["2024-01-01 00:00:00",infinity)'),
  tstzmultirange: multiranges('{["2024-01-01 00:00:00+00","2024-01-03 00:00:00+00")}'),
  tstzrange: ranges('["2024-01-01 00:00:00+00","2024-01-03 00:00:00+00")', '["2024-01-01 00:00:00+00",infinity)'),
  tsvector: values("'a':1 'b':2", ''),
  txid_snapshot: values('10:20:10,14'),
  uuid: values('5b30857f-0bfa-48b5-ac0b-5c64e28078d1'),
  varbit: values('101', ''),
  varchar: values('a', '{a,b}'),
  xid: values('1'),
  xid8: values('1'),
  xml: values('<a b="c">d</a>', ''),

  // Declared in `schema.ts`.
  mood: { values: ['sad', 'ok', 'it\'s "x", {y}'], refuses: ["'angry'"] },
  d_text: { values: ['a', '{a,b}'] },
  d_nested: { values: ['a'] },
  d_checked: { values: ['one', 'two'], refuses: ["'three'"] },
  d_not_null: { values: ['a'], notNull: true },
  d_bool: {
    values: ['true'],
    writes: ['true'],
    profiles: { postgres: { listWrites: ["'{t,NULL}'"] } },
  },
  d_int4: { values: ['1'], writes: ['1'] },
  d_int8: {
    values: ['1', '9223372036854775807'],
    writes: ['1n', '2', "'3'"],
    profiles: { postgres: { listWrites: ["[2, '3', null]"] } },
  },
  d_numeric: { values: ['1.50', 'NaN'], writes: ["'1.5'", '1.5'] },
  d_float8: { values: ['1.5', 'NaN'], writes: ['1.5'] },
  d_date: {
    values: ['2024-02-29', 'infinity'],
    writes: ["'2024-02-29'"],
    profiles: { pg: { writes: ["'2024-02-29'", 'new Date(0)'] } },
  },
  d_timestamptz: {
    values: ['2024-02-29 12:00:00+00', 'infinity'],
    writes: ["'2024-02-29 12:00:00+00'"],
    profiles: { pg: { writes: ["'infinity'", 'new Date(0)'] } },
  },
  d_uuid: { values: ['5b30857f-0bfa-48b5-ac0b-5c64e28078d1'] },
  d_jsonb: {
    values: ['{"a": 1}', '[1]', 'null', '"a"', '1', 'true'],
    writes: ['jsonText([1])', 'jsonText({ a: 1 })', '5', 'true'],
    refuses: ['[1]', "'a'"],
    profiles: {
      postgres: {
        writes: ['jsonText([true])', 'jsonText({ a: 1 })', 'jsonText(true)', '5'],
        refuses: ['[1]', "'a'", 'true'],
      },
    },
  },
  d_bytea: {
    values: ['\\x00ff'],
    writes: ['new Uint8Array([1])'],
    profiles: {
      pglite: { writes: ["'\\\\x00'"], refuses: ['new Uint8Array([1])'] },
      postgres: { listWrites: [`'{"\\\\\\\\x00",NULL}'`] },
      neon: { listWrites: ["'{}'"] },
    },
  },
  d_interval: { values: ['1 day'], writes: ["'1 day'"] },
  d_point: { values: ['(1,2)'] },
  d_enum: { values: ['sad'], refuses: ["'angry'"] },
  d_range: { values: ['[1,5)', 'empty'] },
  d_pair: { values: ['(1,a)'] },
  d_array: {
    values: ['{1,NULL,3}', '{}'],
    writes: ['[1, null]', '[]'],
    listWrites: [`'{"{1,NULL}",NULL}'`],
    profiles: {
      pglite: { writes: ["'{1,NULL}'"], refuses: ['[1]'] },
      postgres: { writes: ["'{1,NULL}'"], refuses: ['[1]'] },
    },
  },
  d_matrix: {
    values: ['{{1,2},{3,NULL}}'],
    writes: ['[[1, null]]'],
    listWrites: [`'{"{{1,NULL}}",NULL}'`],
    profiles: { pglite: { writes: ["'{{1,NULL}}'"] }, postgres: { writes: ["'{{1,NULL}}'"] } },
  },
  pair: { values: ['(1,a)', '(,)', '(-5,"a ""b"", \\\\c")'], refuses: ['{ a: 1, b: null }'] },
  nested: { values: ['("(1,a)","2024-02-29 12:00:00+00","{1,NULL}",sad,"[1,5)")', '(,,,,)'] },
  float_range: { values: ['[1.5,2)', 'empty', '(,)'] },
  float_multirange: { values: ['{[1.5,2)}', '{}'] },

  // From extensions.
  citext: { values: ['a', '{A}'] },
  cube: { values: ['(1, 2),(3, 4)', '(1)'] },
  ean13: { values: ['022-035648348-1'] },
  hstore: { values: ['"a"=>"1", "b"=>NULL', ''] },
  isbn: { values: ['0-393-04002-X'] },
  isbn13: { values: ['978-0-393-04002-9'] },
  ismn: { values: ['M-060-11561-5'] },
  ismn13: { values: ['979-0-060-11561-5'] },
  issn: { values: ['1436-4522'] },
  issn13: { values: ['1436-4522'] },
  lquery: { values: ['a.*'] },
  ltree: { values: ['a.b', ''] },
  ltxtquery: { values: ['a & b'] },
  ghstore: { values: [], noValue: 'an index keeps it; it has no input' },
  gtrgm: { values: [], noValue: 'an index keeps it; it has no input' },
  intbig_gkey: { values: [], noValue: 'an index keeps it; it has no input' },
  ltree_gist: { values: [], noValue: 'an index keeps it; it has no input' },
  query_int: { values: ['1 & 2'] },
  seg: { values: ['1 .. 2'] },
  upc: { values: ['220356483481'] },
  halfvec: { values: ['[1,2,3]'] },
  sparsevec: { values: ['{1:1.5}/3'] },
  vector: { values: ['[1,2,3]'] },
};
