/**
 * Functions of pg_catalog that never give null for arguments that are not null: they give a value or an error.
 * Operators and most casts are functions too. The list is short on purpose: what is not in it counts as possibly null.
 *
 * Left out because they do give null: `to_char` and `extract` and `time` of an infinite timestamp, `substring` by
 * pattern, `lower` and `upper` of a range, `array_length` of an empty array, `->` and `->>`, casts from jsonb since
 * PostgreSQL 18.
 */
const comparable =
  'bool int2 int4 int8 int24 int28 int42 int48 int82 int84 float4 float8 float48 float84 numeric_ text text_ bpchar name nametext textname char ' +
  'date_ date_eq_timestamp time_ timetz_ timestamp_ timestamptz_ interval_ uuid_ bytea oid cash_ macaddr_ enum_ array_ jsonb_ network_';
const comparisons = product(comparable.split(' '), ['eq', 'ne', 'lt', 'le', 'gt', 'ge']);
const mixedDates = product(
  ['date_', 'timestamp_', 'timestamptz_'],
  product(['eq_', 'ne_', 'lt_', 'le_', 'gt_', 'ge_'], ['date', 'timestamp', 'timestamptz']),
);
const arithmetic = [
  ...product(
    [
      'int2',
      'int4',
      'int8',
      'int24',
      'int28',
      'int42',
      'int48',
      'int82',
      'int84',
      'float4',
      'float8',
      'float48',
      'float84',
    ],
    ['pl', 'mi', 'mul', 'div'],
  ),
  ...product(['int2', 'int4', 'int8', 'float4', 'float8'], ['um', 'up', 'abs', 'mod']),
  ...product(['numeric_'], ['add', 'sub', 'mul', 'div', 'mod', 'uminus', 'uplus', 'abs']),
  ...product(['timestamp_', 'timestamptz_', 'date_'], ['pl_interval', 'mi_interval']),
  ...words(
    'interval_pl interval_mi interval_mul interval_div interval_um mul_d_interval date_pli date_mii date_mi timestamp_mi timestamptz_mi',
  ),
];
const textFunctions = words(
  'textcat upper lower initcap length char_length character_length octet_length btrim ltrim rtrim replace repeat reverse left right lpad rpad md5 ascii chr ' +
    'textlike textnlike texticlike texticnlike textregexeq textregexne texticregexeq texticregexne bpcharlike bpcharnlike starts_with strpos concat',
);
const numberFunctions = words('abs ceil ceiling floor round trunc sign sqrt power mod');
const timeFunctions = words(
  'now transaction_timestamp statement_timestamp clock_timestamp date_trunc make_interval make_date make_timestamp random gen_random_uuid',
);
const casts = words('int2 int4 int8 float4 float8 numeric bool text varchar bpchar name date timestamp timestamptz');

/** Total when every argument has one of `plainTypes`: the names have other overloads that are not. */
export const totalOverPlainTypes = [
  ...comparisons,
  ...mixedDates,
  ...arithmetic,
  ...textFunctions,
  ...numberFunctions,
  ...timeFunctions,
  ...casts,
];

export const plainTypes = words(
  'bool int2 int4 int8 float4 float8 numeric text varchar bpchar name char date time timetz timestamp timestamptz interval uuid bytea oid money macaddr inet',
);

/** Total over whatever they take. */
export const totalAlways = [
  ...words(
    'concat json_build_object jsonb_build_object json_build_array jsonb_build_array to_json to_jsonb row_to_json array_to_json',
  ),
  ...words(
    'jsonb_exists jsonb_contains jsonb_contained cardinality array_append array_prepend array_cat arraycontains arraycontained arrayoverlap',
  ),
  ...product(['enum_', 'array_', 'jsonb_'], ['eq', 'ne', 'lt', 'le', 'gt', 'ge']),
];

/** Aggregates that are never null, whatever the rows: they count. */
export const countingAggregates = ['count', 'regr_count'];

/** Aggregates that are not null over at least one row whose argument is not null. */
export const aggregatesOfValues = words('min max sum avg bool_and bool_or every string_agg');

/** Aggregates that are not null over at least one row. */
export const aggregatesOfRows = words('array_agg json_agg jsonb_agg json_object_agg jsonb_object_agg');

/** Window functions that number rows. */
export const rankingFunctions = words('row_number rank dense_rank percent_rank cume_dist');

function words(text: string): string[] {
  return text.split(' ');
}

function product(stems: readonly string[], endings: readonly string[]): string[] {
  return stems.flatMap((stem) => endings.map((ending) => stem + ending));
}
