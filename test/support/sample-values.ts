/**
 * SQL literals of each built-in type, with which functions are tried: common values, and unusual ones for which some
 * functions return null, such as infinities, NaN, the empty string, array and range. Types that stand for several
 * types, such as `anyelement`, have values of some of them.
 */
export const sampleValues: { readonly [type: string]: readonly string[] } = {
  bool: ['true', 'false'],
  int2: literals('int2', ['0', '1', '-1', '3', '32767', '-32768']),
  int4: literals('int4', ['0', '1', '-1', '2', '7', '100', '2147483647', '-2147483648']),
  int8: literals('int8', ['0', '1', '-1', '5', '100', '9223372036854775807', '-9223372036854775808']),
  float4: literals('float4', ['0', '1.5', '-2.5', 'NaN', 'Infinity', '-Infinity']),
  float8: literals('float8', ['0', '1.5', '-0.5', '100', 'NaN', 'Infinity', '-Infinity', '1e300']),
  numeric: literals('numeric', ['0', '1', '-1.50', '0.001', '1e30', 'NaN', 'Infinity', '-Infinity']),
  text: texts('text'),
  varchar: literals('varchar', ['', 'a', 'a b', 'ä']),
  bpchar: literals('bpchar', ['', 'a  ', 'ab']),
  name: literals('name', ['', 'a', 'public', 'UTC']),
  char: literals('"char"', ['', 'a']),
  bytea: literals('bytea', ['', '\\x00', '\\x6162', '\\xdeadbeef00']),
  date: literals('date', ['2024-02-29', '1970-01-01', '0044-03-15 BC', 'infinity', '-infinity']),
  time: literals('time', ['00:00', '12:34:56.789', '24:00']),
  timetz: literals('timetz', ['00:00+00', '12:34:56.789-08', '24:00+14']),
  timestamp: literals('timestamp', ['2024-02-29 12:34:56', '1970-01-01', '0044-03-15 BC', 'infinity', '-infinity']),
  timestamptz: literals('timestamptz', ['2024-02-29 12:34:56+02', '1970-01-01Z', 'infinity', '-infinity']),
  interval: literals('interval', ['0', '1 month 2 days 03:04:05', '-1 year', '1 second', 'infinity', '-infinity']),
  uuid: literals('uuid', ['00000000-0000-0000-0000-000000000000', '01932c07-209c-7a3b-8e53-1234567890ab']),
  oid: literals('oid', ['0', '1', '16384', '4294967295']),
  money: literals('money', ['0', '-1.50', '100']),
  macaddr: literals('macaddr', ['08:00:2b:01:02:03', '00:00:00:00:00:00']),
  macaddr8: literals('macaddr8', ['08:00:2b:01:02:03:04:05']),
  inet: literals('inet', ['192.168.1.5/24', '0.0.0.0/0', '::1', '10.1.2.3', 'fe80::/10']),
  cidr: literals('cidr', ['192.168.1.0/24', '0.0.0.0/0', '::/0']),
  bit: literals('bit', ['', '1', '101']),
  varbit: literals('varbit', ['', '1', '10110']),
  json: jsons('json'),
  jsonb: jsons('jsonb'),
  jsonpath: literals('jsonpath', ['$', '$.a', '$[*]', 'strict $.x.y', '$ ? (@ > 1)']),
  tsvector: literals('tsvector', ['', 'a', 'a:1A b:2 c']),
  tsquery: literals('tsquery', ['', 'a', 'a & !b | c <-> d']),
  regconfig: literals('regconfig', ['simple', 'english']),
  point: literals('point', ['(0,0)', '(1,2)', '(NaN,Infinity)']),
  line: literals('line', ['{1,-1,0}', '{0,1,3}', '{1,0,2}']),
  lseg: literals('lseg', ['[(0,0),(1,1)]', '[(1,1),(1,1)]', '[(0,5),(9,5)]']),
  box: literals('box', ['(1,1),(0,0)', '(2,2),(2,2)', '(9,9),(5,5)']),
  path: literals('path', ['[(0,0),(1,1),(2,0)]', '((0,0),(1,1),(2,0))', '[(3,3)]']),
  polygon: literals('polygon', ['((0,0),(1,1),(2,0))', '((3,3))', '((0,0),(0,9),(9,9),(9,0))']),
  circle: literals('circle', ['<(0,0),1>', '<(5,5),0>']),
  int4range: literals('int4range', ['empty', '[1,5)', '(,)', '[3,)', '(,9)']),
  numrange: literals('numrange', ['empty', '[1.5,2.5]', '(,)']),
  tsrange: literals('tsrange', ['empty', '[2024-01-01,infinity]', '(,)']),
  daterange: literals('daterange', ['empty', '[2024-01-01,infinity]', '(,)']),
  int8range: literals('int8range', ['empty', '[1,5)', '(,)']),
  tstzrange: literals('tstzrange', ['empty', '[2024-01-01,infinity]', '(,)']),
  int4multirange: literals('int4multirange', ['{}', '{[1,3),[5,9)}', '{(,)}']),
  _text: literals('text[]', ['{}', '{a,b}', '{NULL}', '{{a,b},{c,d}}', '[2:3]={x,NULL}']),
  _int4: literals('int4[]', ['{}', '{1,2,3}', '{NULL}', '{{1,2},{3,4}}']),
  _float4: literals('float4[]', ['{0.1,0.2,0.4,1}', '{}']),
  _int4range: literals('int4range[]', ['{}', '{"[1,3)",empty}']),
  _int8range: literals('int8range[]', ['{}', '{"[1,3)"}']),
  _numrange: literals('numrange[]', ['{}', '{"[1,3)"}']),
  _tsrange: literals('tsrange[]', ['{}', '{"(,infinity)"}']),
  _tstzrange: literals('tstzrange[]', ['{}', '{"(,infinity)"}']),
  _daterange: literals('daterange[]', ['{}', '{"(,infinity)"}']),
  mood: literals('mood', ['sad', 'happy']),
  _bool: literals('bool[]', ['{}', '{t,f,NULL}']),
  record: ['row(1, null)', "row(2, 'a'::text)", 'row()'],
};

/** An enum type, with whose values enum functions are tried. */
export const enumType = "create type mood as enum ('sad', 'happy');";

/**
 * The types whose values are used for a polymorphic type of arguments. All arguments of a call take values of the same
 * type.
 */
export const standIns: { readonly [type: string]: readonly (readonly string[])[] } = {
  anyelement: [['int4'], ['text'], ['timestamp']],
  anyenum: [['mood']],
  anynonarray: [['int4'], ['text']],
  anyarray: [['_int4'], ['_text']],
  anycompatible: [['int4'], ['text']],
  anycompatiblearray: [['_int4'], ['_text']],
  anycompatiblenonarray: [['int4'], ['text']],
  anyrange: [['int4range'], ['numrange'], ['tsrange']],
  anymultirange: [['int4multirange']],
  any: [['int4', 'text', 'json', '_int4', 'timestamp', 'record']],
};

/** Arguments for functions that refuse most values of their types. */
export const fittingArguments: { readonly [routine: string]: readonly string[] } = {
  make_timestamp: ['2024, 2, 29, 12, 34, 56.7'],
  make_timestamptz: ['2024, 2, 29, 12, 34, 56.7', "2024, 2, 29, 12, 34, 56.7, 'UTC'"],
  make_time: ['12, 34, 56.7', '24, 0, 0'],
  encode: ["''::bytea, 'base64'::text", "'abc'::bytea, 'escape'::text"],
  date_trunc: [
    "'day'::text, 'infinity'::timestamptz, 'UTC'::text",
    "'day'::text, '-infinity'::timestamptz",
    "'day'::text, 'infinity'::timestamp",
  ],
  length: ["'abc'::bytea, 'utf8'::name"],
  decode: ["'6162'::text, 'hex'::text", "''::text, 'base64'::text"],
  convert: ["'abc'::bytea, 'utf8'::name, 'latin1'::name", "''::bytea, 'utf8'::name, 'utf8'::name"],
  convert_from: ["'abc'::bytea, 'utf8'::name", "''::bytea, 'latin1'::name"],
  convert_to: ["'abc'::text, 'utf8'::name", "''::text, 'latin1'::name"],
  regexp_instr: ["'abc'::text, 'c'::text, 1, 1, 0, 'i'::text", "'abc'::text, 'x'::text, 1, 1, 0, 'i'::text, 0"],
  normalize: ["'ä'::text, 'NFC'::text", "''::text, 'NFKD'::text"],
  is_normalized: ["'ä'::text, 'NFC'::text", "''::text, 'NFKD'::text"],
  json_build_object: ["'a', null", "'a', 1, 'b', '{}'::json"],
  jsonb_build_object: ["'a', null", "'a', 1, 'b', '{}'::json"],
  ...Object.fromEntries(
    ['int4', 'int8', 'num', 'ts', 'tstz', 'date'].map((type) => [
      `${type}range`,
      ["null, null, '[)'", "null, null, '()'"],
    ]),
  ),
};

function literals(type: string, values: readonly string[]): string[] {
  return values.map((value) => `'${value}'::${type}`);
}

function texts(type: string): string[] {
  const words = [
    '',
    ' ',
    'a',
    'b',
    'abab',
    'a,b,,c',
    'ä%_',
    '1',
    '12:00',
    'epoch',
    'month',
    'day',
    'UTC',
    'YYYY',
    '999',
  ];
  return literals(type, [...words, '(a)(x)?', 'hex', '00', 'sql_ascii', 'utf8', 'g', '{1,2}', '\\\\', 'x'.repeat(70)]);
}

function jsons(type: string): string[] {
  const values = [
    'null',
    '1',
    '"a"',
    'true',
    '[]',
    '{}',
    '[1,null,"a"]',
    '{"a":1,"b":null}',
    '[{"a":1},{}]',
    '{"a":{"b":[1]}}',
  ];
  return literals(type, values);
}
