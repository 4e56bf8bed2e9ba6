/**
 * The types of `pg_catalog` that a column can have, by their names in `pg_type`. Each driver profile says how it
 * handles them. `test/matrix.slow.ts` walks `pg_type` of every server and fails if a type is missing here.
 */
export const builtinTypeNames = [
  'aclitem',
  'bit',
  'bool',
  'box',
  'bpchar',
  'bytea',
  'char',
  'cid',
  'cidr',
  'circle',
  'date',
  'datemultirange',
  'daterange',
  'float4',
  'float8',
  'gtsvector',
  'inet',
  'int2',
  'int2vector',
  'int4',
  'int4multirange',
  'int4range',
  'int8',
  'int8multirange',
  'int8range',
  'interval',
  'json',
  'jsonb',
  'jsonpath',
  'line',
  'lseg',
  'macaddr',
  'macaddr8',
  'money',
  'name',
  'numeric',
  'nummultirange',
  'numrange',
  'oid',
  'oidvector',
  'path',
  'pg_brin_bloom_summary',
  'pg_brin_minmax_multi_summary',
  'pg_dependencies',
  'pg_lsn',
  'pg_mcv_list',
  'pg_ndistinct',
  'pg_node_tree',
  'pg_snapshot',
  'point',
  'polygon',
  'refcursor',
  'regclass',
  'regcollation',
  'regconfig',
  'regdatabase',
  'regdictionary',
  'regnamespace',
  'regoper',
  'regoperator',
  'regproc',
  'regprocedure',
  'regrole',
  'regtype',
  'text',
  'tid',
  'time',
  'timestamp',
  'timestamptz',
  'timetz',
  'tsmultirange',
  'tsquery',
  'tsrange',
  'tstzmultirange',
  'tstzrange',
  'tsvector',
  'txid_snapshot',
  'uuid',
  'varbit',
  'varchar',
  'xid',
  'xid8',
  'xml',
] as const;

export type BuiltinTypeName = (typeof builtinTypeNames)[number];

/**
 * Types of well-known extensions, each as `extension.type`, because an extension can be installed in any schema. A
 * driver profile reads them as text unless it has a row for one; types of other extensions are always text.
 */
export const extensionTypeNames = [
  'citext.citext',
  'cube.cube',
  'hstore.hstore',
  'isn.ean13',
  'isn.isbn',
  'isn.isbn13',
  'isn.ismn',
  'isn.ismn13',
  'isn.issn',
  'isn.issn13',
  'isn.upc',
  'ltree.ltree',
  'ltree.lquery',
  'ltree.ltxtquery',
  'postgis.geometry',
  'postgis.geography',
  'seg.seg',
  'vector.vector',
  'vector.halfvec',
  'vector.sparsevec',
] as const;

export type ExtensionTypeName = (typeof extensionTypeNames)[number];

/**
 * The ranges of `pg_catalog`, with the type of their bounds and their multirange. The catalog holds the ranges that a
 * schema declares.
 */
export const builtinRanges: { readonly [range: string]: { readonly subtype: string; readonly multirange: string } } = {
  daterange: { subtype: 'date', multirange: 'datemultirange' },
  int4range: { subtype: 'int4', multirange: 'int4multirange' },
  int8range: { subtype: 'int8', multirange: 'int8multirange' },
  numrange: { subtype: 'numeric', multirange: 'nummultirange' },
  tsrange: { subtype: 'timestamp', multirange: 'tsmultirange' },
  tstzrange: { subtype: 'timestamptz', multirange: 'tstzmultirange' },
};

const builtinNames: ReadonlySet<string> = new Set(builtinTypeNames);
const extensionNames: ReadonlySet<string> = new Set(extensionTypeNames);

export const isBuiltin = (name: string): name is BuiltinTypeName => builtinNames.has(name);
export const isKnownExtensionType = (name: string): name is ExtensionTypeName => extensionNames.has(name);
