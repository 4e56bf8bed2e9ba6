/**
 * Functions of pg_catalog that never give null for arguments that are not null: they give a value or an error.
 * Operators and most casts are functions too. Each was tried with odd values of its types on a server, and read; a test
 * tries them again (`test/total-functions.test.ts`). What is in no list counts as possibly null.
 *
 * Left out because they do give null: `to_char` and most fields of an infinite time (`extract(month FROM 'infinity')`),
 * `to_char` and `to_number` with an empty format, `time` of an infinite timestamp, `substring` by pattern, `scale` of
 * NaN, bounds of an empty range, `array_length` of an empty array, `->` and `->>`, the area of an open path, points where
 * shapes do not meet, casts from jsonb since PostgreSQL 18. And `quote_literal` of any element, whose cast to text may be
 * a function of the user's.
 */
const order = words('eq ne lt le gt ge');
const ordered = words(
  `bool int2 int4 int8 int24 int28 int42 int48 int82 int84 float4 float8 float48 float84 numeric_ bpchar name char date_ time_ timetz_
  timestamp_ timestamptz_ interval_ uuid_ bytea oid cash_ macaddr_ network_`,
);
const comparisons = [
  ...product(ordered, order),
  ...words('texteq textne text_lt text_le text_gt text_ge'),
  ...product(['text_pattern_', 'bpchar_pattern_'], words('lt le gt ge')),
  ...product(product(['text'], order), ['name']),
  ...product(product(['name'], order), ['text']),
  ...product(product(['date_'], order), ['_timestamp', '_timestamptz']),
  ...product(product(['timestamp_'], order), ['_date', '_timestamptz']),
  ...product(product(['timestamptz_'], order), ['_date', '_timestamp']),
];

const numbers = words('int2 int4 int8 int24 int28 int42 int48 int82 int84 float4 float8 float48 float84');
const arithmetic = [
  ...product(numbers, ['pl', 'mi', 'mul', 'div']),
  ...product(words('int2 int4 int8 float4 float8'), ['um', 'up', 'abs']),
  ...product(words('int2 int4 int8'), ['mod', 'and', 'or', 'xor', 'not', 'shl', 'shr']),
  ...product(['numeric_'], words('add sub mul div div_trunc mod uminus uplus abs power sqrt exp ln log')),
  ...product(['cash_'], words('pl mi div_cash div_flt4 div_flt8 div_int2 div_int4 div_int8')),
  ...product(['cash_mul_'], words('flt4 flt8 int2 int4 int8')),
  ...product(words('flt4 flt8 int2 int4 int8'), ['_mul_cash']),
  ...words(
    `dpow dsqrt dcbrt dround dtrunc dexp dlog1 dlog10 abs ceil ceiling floor round trunc sign sqrt cbrt power pow exp ln log log10 mod div
    gcd lcm factorial degrees radians pi sin cos tan cot asin acos atan atan2 sinh cosh tanh asinh acosh atanh sind cosd tand cotd
    asind acosd atand atan2d trim_scale width_bucket random random_normal erf erfc gamma lgamma`,
  ),
];

const times = [
  ...product(words('timestamp_ timestamptz_ date_ time_ timetz_'), ['pl_interval', 'mi_interval']),
  ...product(['interval_pl_'], words('date time timetz timestamp timestamptz')),
  ...words(
    `interval_pl interval_mi interval_mul interval_div interval_um mul_d_interval date_pli date_mii date_mi integer_pl_date
    timestamp_mi timestamptz_mi time_mi_time datetime_pl datetimetz_pl timedate_pl timetzdate_pl age date_trunc date_bin date_add
    date_subtract isfinite justify_days justify_hours justify_interval overlaps timezone make_interval make_date make_time
    make_timestamp make_timestamptz to_date to_timestamp now transaction_timestamp statement_timestamp clock_timestamp timeofday`,
  ),
];

const texts = [
  ...product(words('text bpchar name'), words('like nlike iclike icnlike regexeq regexne icregexeq icregexne')),
  ...words(
    `textcat byteacat bytealike byteanlike like notlike like_escape upper lower initcap casefold length char_length character_length
    octet_length bit_length textlen btrim ltrim rtrim lpad rpad replace repeat reverse left right substr overlay position strpos
    translate split_part starts_with ascii chr md5 sha224 sha256 sha384 sha512 to_hex to_oct to_bin encode decode convert convert_from
    convert_to quote_ident similar_to_escape regexp_count regexp_instr regexp_like regexp_replace regexp_split_to_array
    string_to_array parse_ident unistr normalize is_normalized unicode_assigned get_bit set_bit get_byte set_byte bit_count crc32 crc32c`,
  ),
];

const networks = words(
  `network_sub network_subeq network_sup network_supeq network_overlap inetnot inetand inetor inetpl inetmi inetmi_int8 int8pl_inet
  broadcast family host hostmask inet_merge inet_same_family masklen netmask network set_masklen abbrev macaddr_and macaddr_or macaddr_not`,
);

const casts = words(
  `int2 int4 int8 float4 float8 numeric money bool oid text varchar bpchar name char bytea date timestamp timestamptz interval cidr
  macaddr8`,
);

const environment = words(
  `current_database current_user session_user getpgusername current_schemas version pg_backend_pid gen_random_uuid uuidv4 uuidv7
  pg_size_pretty`,
);

/** Total when every argument has one of `plainTypes`: the names have other overloads that are not. */
export const totalOverPlainTypes = [
  ...comparisons,
  ...arithmetic,
  ...times,
  ...texts,
  ...networks,
  ...casts,
  ...environment,
];

export const plainTypes = words(
  'bool int2 int4 int8 float4 float8 numeric text varchar bpchar name char date time timetz timestamp timestamptz interval uuid bytea oid money macaddr inet',
);

const json = [
  ...product(['json_', 'jsonb_'], words('typeof array_length object strip_nulls')),
  ...product(
    ['jsonb_'],
    words(
      'exists exists_any exists_all contains contained concat delete delete_path insert set pretty path_query_array',
    ),
  ),
  ...words('to_json to_jsonb row_to_json array_to_json'),
];

const arrays = words(
  `cardinality array_append array_prepend array_cat array_fill array_positions array_remove array_replace array_reverse array_sample
  array_shuffle array_sort array_to_string arraycontains arraycontained arrayoverlap trim_array`,
);

const ranges = [
  ...words('isempty range_intersect range_minus range_merge multirange multirange_intersect multirange_minus'),
  ...product(['lower_', 'upper_'], ['inc', 'inf']),
  ...product(
    ['range_'],
    words('contains contains_elem contained_by overlaps before after overleft overright adjacent contains_multirange'),
  ),
  ...product(['multirange_contains_', 'multirange_contained_by_', 'multirange_overlaps_'], words('range multirange')),
  ...words(
    'multirange_contains_elem elem_contained_by_range elem_contained_by_multirange range_contained_by_multirange range_overlaps_multirange',
  ),
  ...product(['int4', 'int8', 'num', 'ts', 'tstz', 'date'], ['multirange']),
];

const textSearch = words(
  `to_tsvector to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery ts_match_vq ts_match_qv ts_match_tt ts_match_tq
  tsvector_concat tsquery_and tsquery_or tsquery_not tsquery_phrase ts_rank ts_rank_cd ts_headline ts_delete setweight strip
  numnode querytree tsvector_to_array array_to_tsvector`,
);

const shapes = words(
  `point_distance box_distance circle_distance poly_distance lseg_distance dist_pl dist_lp dist_ps dist_sp dist_pb dist_bp dist_pc
  dist_cpoint dist_cpoly dist_polyc dist_ppoly dist_polyp point_add point_sub point_mul point_div box_add box_sub box_mul box_div
  circle_add_pt circle_sub_pt circle_mul_pt circle_div_pt path_add_pt path_sub_pt path_mul_pt path_div_pt
  box_contain box_contained box_overlap box_left box_right box_same box_center box_contain_pt circle_contain circle_contained
  circle_overlap circle_left circle_right circle_same circle_center circle_contain_pt poly_contain poly_contained poly_overlap
  poly_left poly_right poly_same poly_center poly_contain_pt path_contain_pt pt_contained_circle pt_contained_poly on_pb on_ps
  point_eq point_ne point_left point_right point_above point_below point_vert point_horiz lseg_eq lseg_intersect
  point box circle polygon path lseg line center diagonal diameter radius height width slope npoints isclosed isopen pclose popen`,
);

const bitStrings = [
  ...product(words('bit varbit'), order),
  ...words('bitand bitor bitxor bitnot bitshiftleft bitshiftright bitcat'),
];

/** Total over whatever they take. */
export const totalAlways = [
  ...json,
  ...arrays,
  ...ranges,
  ...textSearch,
  ...shapes,
  ...bitStrings,
  ...product(words('enum_ array_ jsonb_ record_ range_ multirange_ tsvector_ tsquery_ macaddr8_'), order),
  ...product(['enum_'], ['first', 'last', 'range']),
  'pg_column_size',
];

/** Overloads that are total, of names that have others which are not: with the types as `oidvectortypes` prints them. */
export const totalSignatures = [
  ...product(product(['substring(text', 'substring(bytea', 'substring(bit'], [', integer', ', integer, integer']), [
    ')',
  ]),
  ...product(product(['to_char('], words('smallint integer bigint real numeric')), [', text)']),
  'to_char(double precision, text)',
  'overlay(bit, bit, integer)',
  'area(box)',
  'area(circle)',
  'length(bit)',
  'length(tsvector)',
  'length(lseg)',
  'length(path)',
  'time(time without time zone, integer)',
  'time(time with time zone)',
  'timetz(time with time zone, integer)',
  'timetz(time without time zone)',
  'bit(bit, integer, boolean)',
  'varbit(bit varying, integer, boolean)',
  'width_bucket(anycompatible, anycompatiblearray)',
];

/** Not null whatever their arguments are: `jsonb_build_object('name', null)`. */
export const nullProofFunctions = [
  ...product(['json_build_', 'jsonb_build_'], ['object', 'array']),
  ...words('concat num_nulls num_nonnulls quote_nullable pg_typeof'),
  ...product(['int4', 'int8', 'num', 'ts', 'tstz', 'date'], ['range']),
];

/** Not null where their first argument is not: `concat_ws(' ', null)`. */
export const functionsOfFirst = ['concat_ws', 'format'];

/** Not null for the fields that an infinite time has too: `extract(epoch FROM t)`. */
export const functionsOfField = ['extract', 'date_part'];

/** Total where no argument has a type of the user's, whose cast to text may be a function of the user's. */
export const totalOverBuiltinTypes = ['anytextcat', 'textanycat'];

/** Null at times, and always for the same arguments: what a condition proves of a call holds for the same call elsewhere. */
export const partialFunctions = [
  ...product(['json_', 'jsonb_'], words('object_field object_field_text array_element array_element_text')),
  ...product(['json_', 'jsonb_'], words('extract_path extract_path_text')),
  ...words(
    'jsonb_path_query_first jsonb_path_exists jsonb_path_match array_length array_upper array_lower array_position',
  ),
  ...words('substring regexp_match regexp_substr lower upper extract date_part'),
];

/** Aggregates that are never null, whatever the rows: they count. */
export const countingAggregates = ['count', 'regr_count'];

/** Aggregates that are not null over at least one row whose argument is not null. */
export const aggregatesOfValues = words(
  'min max sum avg bool_and bool_or every string_agg bit_and bit_or bit_xor any_value var_pop stddev_pop range_agg',
);

/** Aggregates that are not null over at least one row. */
export const aggregatesOfRows = words('array_agg json_agg jsonb_agg json_object_agg jsonb_object_agg');

/** Window functions that number rows. */
export const rankingFunctions = words('row_number rank dense_rank percent_rank cume_dist');

/** Window functions that give the value of a row of the frame. */
export const frameFunctions = ['first_value', 'last_value'];

export function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

export function product(stems: readonly string[], endings: readonly string[]): string[] {
  return stems.flatMap((stem) => endings.map((ending) => stem + ending));
}
