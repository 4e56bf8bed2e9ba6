import type { Catalog, Column, Relation } from '../../src/catalog/catalog.js';
import { type Comparison, compare } from '../../src/drift/compare.js';
import type { Declared } from '../../src/drift/declared.js';
import { readModels } from '../../src/drift/readers/read.js';
import { type DriftSettings, noSettings } from '../../src/drift/settings.js';

const sqlNames: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  bool: 'boolean',
  varchar: 'character varying',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
};

/** `int8!` is NOT NULL, `int8! = 0` has a default, `text[]` is an array. */
export function column(name: string, written: string): Column {
  const [, type = '', dimensions = '', notNull = '', byDefault] =
    /^(\w+)((?:\[\])*)(!?)(?: = (.+))?$/.exec(written) ?? [];
  const sql = `${sqlNames[type] ?? type}${dimensions}`;
  return {
    name,
    type: { name: type, sql, ...(dimensions === '' ? {} : { dimensions: dimensions.length / 2 }) },
    notNull: notNull === '!',
    ...(byDefault === undefined ? {} : { default: byDefault }),
  };
}

export function relation(
  name: string,
  columns: Readonly<Record<string, string>>,
  facts: Partial<Relation> = {},
): Relation {
  return {
    schema: 'public',
    name,
    kind: 'table',
    insertable: true,
    uniques: [],
    foreignKeys: [],
    checks: [],
    indexes: [],
    columns: Object.entries(columns).map(([key, type]) => column(key, type)),
    ...facts,
  };
}

export function catalogOf(...relations: readonly Relation[]): Catalog {
  return {
    schemas: [{ name: 'public' }],
    relations,
    enums: [],
    domains: [],
    composites: [],
    ranges: [],
    baseTypes: [],
    functions: [],
    expressions: [],
  };
}

export async function readText(text: string, file = 'models.rs'): Promise<Declared> {
  return readModels([{ file, text }]);
}

export async function findingsOf(
  catalog: Catalog,
  text: string,
  settings: Partial<DriftSettings> = {},
  file = 'models.rs',
): Promise<Comparison> {
  return compare(catalog, await readText(text, file), { ...noSettings, ...settings });
}

/** The findings for TypeScript, as `error type-mismatch/users/seen/seen category`; but for tables without a model. */
export async function foundInTypeScript(text: string, tables: readonly Relation[]): Promise<readonly string[]> {
  const severities = { 'missing-model': 'off' } as const;
  const { findings } = await findingsOf(catalogOf(...tables), text, { severities }, 'models.ts');
  return findings.map(({ severity, id, kind }) => `${severity} ${id}${kind === undefined ? '' : ` ${kind}`}`);
}
