/**
 * SQL literals of each built-in type that functions are tried with: usual values, and the odd ones that make some
 * function give null, such as infinities, NaN, the empty string, array and range. Types that stand for several, such as
 * `anyelement`, have values of some.
 */
export const sampleValues: { readonly [type: string]: readonly string[] } = {
  bool: ['true', 'false'],
  int2: ints('int2', ['0', '1', '-1', '3', '32767', '-32768']),
  int4: ints('int4', ['0', '1', '-1', '2', '7', '100', '2147483647', '-2147483648']),
  int8: ints('int8', ['0', '1', '-1', '5', '100', '9223372036854775807', '-9223372036854775808']),
  float4: ints('float4', ['0', '1.5', '-2.5', 'NaN', 'Infinity', '-Infinity']),
  float8: ints('float8', ['0', '1.5', '-0.5', '100', 'NaN', 'Infinity', '-Infinity', '1e300']),
  numeric: ints('numeric', ['0', '1', '-1.50', '0.001', '1e30', 'NaN', 'Infinity', '-Infinity']),
  text: texts('text'),
  varchar: ints('varchar', ['', 'a', 'a b', 'ä']),
  bpchar: ints('bpchar', ['', 'a  ', 'ab']),
  name: ints('name', ['', 'a', 'public', 'UTC']),
  char: ints('"char"', ['', 'a']),
  bytea: ints('bytea', ['', '\\x00', '\\x6162', '\\xdeadbeef00']),
  date: ints('date', ['2024-02-29', '1970-01-01', '0044-03-15 BC', 'infinity', '-infinity']),
  time: ints('time', ['00:00', '12:34:56.789', '24:00']),
  timetz: ints('timetz', ['00:00+00', '12:34:56.789-08', '24:00+14']),
  timestamp: ints('timestamp', ['2024-02-29 12:34:56', '1970-01-01', '0044-03-15 BC', 'infinity', '-infinity']),
  timestamptz: ints('timestamptz', ['2024-02-29 12:34:56+02', '1970-01-01Z', 'infinity', '-infinity']),
  interval: ints('interval', ['0', '1 month 2 days 03:04:05', '-1 year', '1 second', 'infinity', '-infinity']),
  uuid: ints('uuid', ['00000000-0000-0000-0000-000000000000', '01932c07-209c-7a3b-8e53-1234567890ab']),
  oid: ints('oid', ['0', '1', '16384', '4294967295']),
  money: ints('money', ['0', '-1.50', '100']),
  macaddr: ints('macaddr', ['08:00:2b:01:02:03', '00:00:00:00:00:00']),
  macaddr8: ints('macaddr8', ['08:00:2b:01:02:03:04:05']),
  inet: ints('inet', ['192.168.1.5/24', '0.0.0.0/0', '::1', '10.1.2.3', 'fe80::/10']),
  cidr: ints('cidr', ['192.168.1.0/24', '0.0.0.0/0', '::/0']),
  bit: ints('bit', ['', '1', '101']),
  varbit: ints('varbit', ['', '1', '10110']),
  json: jsons('json'),
  jsonb: jsons('jsonb'),
  jsonpath: ints('jsonpath', ['$', '$.a', '$[*]', 'strict $.x.y', '$ ? (@ > 1)']),
  tsvector: ints('tsvector', ['', 'a', 'a:1A b:2 c']),
  tsquery: ints('tsquery', ['', 'a', 'a & !b | c <-> d']),
  regconfig: ints('regconfig', ['simple', 'english']),
  point: ints('point', ['(0,0)', '(1,2)', '(NaN,Infinity)']),
  line: ints('line', ['{1,-1,0}', '{0,1,3}', '{1,0,2}']),
  lseg: ints('lseg', ['[(0,0),(1,1)]', '[(1,1),(1,1)]', '[(0,5),(9,5)]']),
  box: ints('box', ['(1,1),(0,0)', '(2,2),(2,2)', '(9,9),(5,5)']),
  path: ints('path', ['[(0,0),(1,1),(2,0)]', '((0,0),(1,1),(2,0))', '[(3,3)]']),
  polygon: ints('polygon', ['((0,0),(1,1),(2,0))', '((3,3))', '((0,0),(0,9),(9,9),(9,0))']),
  circle: ints('circle', ['<(0,0),1>', '<(5,5),0>']),
  int4range: ints('int4range', ['empty', '[1,5)', '(,)', '[3,)', '(,9)']),
  numrange: ints('numrange', ['empty', '[1.5,2.5]', '(,)']),
  tsrange: ints('tsrange', ['empty', '[2024-01-01,infinity]', '(,)']),
  daterange: ints('daterange', ['empty', '[2024-01-01,infinity]', '(,)']),
  int4multirange: ints('int4multirange', ['{}', '{[1,3),[5,9)}', '{(,)}']),
  _text: ints('text[]', ['{}', '{a,b}', '{NULL}', '{{a,b},{c,d}}', '[2:3]={x,NULL}']),
  _int4: ints('int4[]', ['{}', '{1,2,3}', '{NULL}', '{{1,2},{3,4}}']),
  _bool: ints('bool[]', ['{}', '{t,f,NULL}']),
  record: ['row(1, null)', "row(2, 'a'::text)", 'row()'],
};

/** Values of the types that a type of arguments stands for. Arguments of one call take values of the same type. */
export const standIns: { readonly [type: string]: readonly (readonly string[])[] } = {
  anyelement: [['int4'], ['text'], ['timestamp']],
  anynonarray: [['int4'], ['text']],
  anyarray: [['_int4'], ['_text']],
  anycompatible: [['int4'], ['text']],
  anycompatiblearray: [['_int4'], ['_text']],
  anycompatiblenonarray: [['int4'], ['text']],
  anyrange: [['int4range'], ['numrange'], ['tsrange']],
  anymultirange: [['int4multirange']],
  any: [['int4', 'text', 'json', '_int4', 'timestamp', 'record']],
};

function ints(type: string, values: readonly string[]): string[] {
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
  return ints(type, [...words, '(a)(x)?', 'hex', '00', 'sql_ascii', 'utf8', 'g', '{1,2}', '\\\\', 'x'.repeat(70)]);
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
  return ints(type, values);
}
