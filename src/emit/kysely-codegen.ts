import { createRequire } from 'node:module';
import type { Catalog, Column, Relation } from '../catalog/catalog.js';
import { tenantsSchema } from '../catalog/home-schema.js';
import { byNameKey, nameKey } from '../catalog/name-key.js';
import type { KyselyCodegenConfig } from '../config/config.js';
import { RowsmithError } from '../errors.js';
import { isMissing, peerMissing } from '../peer.js';
import { withoutCommentEnd } from './typescript.js';

type KyselyCodegen = typeof import('kysely-codegen');
/** The part that is used here of the TypeScript that kysely-codegen loads. */
interface TypeScript {
  readonly version?: string;
  readonly createSourceFile: (
    path: string,
    text: string,
    target: number,
  ) => {
    readonly parseDiagnostics: readonly { readonly start?: number }[];
  };
}
type Table = ConstructorParameters<KyselyCodegen['DatabaseMetadata']>[0]['tables'][number];

const peer = { names: ['kysely-codegen'], user: 'Tables as kysely-codegen writes them' } as const;

/**
 * The text that kysely-codegen's command line writes for the same database. Its own serializer makes it from what its
 * introspector would have found, which is derived here from the catalog. Two things differ: a comment in the schema
 * cannot end the comment in the code, and names that cannot become TypeScript are refused.
 */
export function kyselyCodegenText(catalog: Catalog, config: KyselyCodegenConfig): string {
  const { DatabaseMetadata, EnumCollection, PostgresDialect, serializeFromMetadata, createSourceFile } = load();
  const {
    camelCase,
    customImports,
    dateParser,
    numericParser,
    overrides,
    partitions = false,
    runtimeEnums,
    singularize,
    typeMapping,
    typeOnlyImports,
  } = config;
  const tenants = tenantsSchema(catalog);
  const defaultSchemas = config.defaultSchemas ?? (tenants === undefined ? undefined : [tenants]);
  const enums = new EnumCollection();
  for (const { schema, name, labels } of catalog.enums)
    for (const label of labels) enums.add(`${schema}.${name}`, label);
  const shown = catalog.relations.filter(
    ({ kind, columns, parents }) =>
      kind !== 'foreign table' && columns.length > 0 && (partitions || parents === undefined),
  );
  const materialized = shown.filter(({ kind }) => kind === 'materialized view');
  const tables = [...shown.filter(({ kind }) => kind !== 'materialized view'), ...materialized]
    .filter(({ name }) => !['kysely_migration', 'kysely_migration_lock'].includes(name))
    .map((relation): Table => tableMetadata(catalog, relation, (key) => enums.get(key), config));
  const given = {
    camelCase,
    customImports,
    defaultSchemas,
    overrides,
    runtimeEnums,
    singularize,
    typeMapping,
    typeOnlyImports,
  };
  const dialectOptions = { dateParser, defaultSchemas, domains: config.domains, numericParser, partitions };
  const metadata = new DatabaseMetadata({ enums, tables });
  const text = orRefused(() =>
    serializeFromMetadata({ ...present(given), dialect: new PostgresDialect(present(dialectOptions)), metadata }),
  );
  const [wrong] = createSourceFile('db.ts', text, 99).parseDiagnostics;
  if (wrong) throw refused(`it writes ${lineAt(text, wrong.start ?? 0)}`);
  return text;
}

/** kysely-codegen's serializer throws only for names that every JavaScript object has: `__proto__`. */
function orRefused(serialize: () => string): string {
  try {
    return serialize();
  } catch (error) {
    throw refused(String(error).split('\n')[0] ?? '', error);
  }
}

function refused(what: string, cause?: unknown): RowsmithError {
  const hint = `Its command line fails too. Exclude what has that name, or remove "tables": rowsmith's own table types allow any name.`;
  return new RowsmithError(
    'tables-not-writable',
    `kysely-codegen cannot turn a name or label in this schema into TypeScript: ${what}`,
    hint,
    { cause },
  );
}

const lineAt = (text: string, position: number) =>
  text
    .slice(text.lastIndexOf('\n', position - 1) + 1)
    .split('\n', 1)[0]
    ?.trim() ?? '';

function tableMetadata(
  catalog: Catalog,
  relation: Relation,
  enumValues: (key: string) => string[] | null,
  config: KyselyCodegenConfig,
): Table {
  const isView = relation.kind.endsWith('view');
  return {
    columns: relation.columns.map((column) => {
      const { dataType, dataTypeSchema } = rootType(catalog, column, config.domains ?? true);
      // A leading underscore means an array, as in kysely-codegen.
      const isArray = dataType.startsWith('_');
      return {
        comment: column.comment === undefined ? null : withoutCommentEnd(column.comment),
        dataType: isArray ? dataType.slice(1) : dataType,
        dataTypeSchema,
        enumValues: enumValues(`${dataTypeSchema}.${dataType}`),
        hasDefaultValue: column.default !== undefined || column.generated !== undefined,
        isArray,
        isAutoIncrementing: column.identity !== undefined || (column.default?.includes('nextval(') ?? false),
        isNullable: isView || !column.notNull,
        name: column.name,
      };
    }),
    isPartition: relation.parents !== undefined,
    isView,
    name: relation.name,
    schema: relation.schema,
  };
}

/** The name of the column's type in pg_type; for a domain, the innermost base type, with the domain's own schema. */
function rootType(
  catalog: Catalog,
  { type }: Column,
  resolve: boolean,
): { readonly dataType: string; readonly dataTypeSchema: string } {
  let root = type;
  const domainOf = () => (root.dimensions === undefined ? byNameKey(catalog.domains).get(nameKey(root)) : undefined);
  for (let domain = resolve ? domainOf() : undefined; domain; domain = domainOf()) root = domain.base;
  return {
    dataType: root.dimensions === undefined ? root.name : `_${root.name}`,
    dataTypeSchema: type.schema ?? 'pg_catalog',
  };
}

/** Removes options that are not set, because the serializer applies its own defaults only to absent ones. */
function present<Options extends object>(
  options: Options,
): { [Key in keyof Options]: Exclude<Options[Key], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Options]: Exclude<Options[Key], undefined>;
  };
}

/**
 * Loads the optional peer, only here. It loads `typescript` in turn, and version 7.0 of that has no JavaScript API:
 * kysely-codegen would then omit, with a warning, whatever it parses.
 */
function load(): KyselyCodegen & Pick<TypeScript, 'createSourceFile'> {
  const require = createRequire(import.meta.url);
  try {
    const loaded = require('kysely-codegen') as KyselyCodegen;
    const typescript = createRequire(require.resolve('kysely-codegen'))('typescript') as Partial<TypeScript>;
    if (typescript.createSourceFile) return { ...loaded, createSourceFile: typescript.createSourceFile };
    throw notLoadable(`typescript ${typescript.version ?? ''}, which it would load, has no JavaScript API`);
  } catch (error) {
    if (error instanceof RowsmithError) throw error;
    throw isMissing(error, peer.names[0])
      ? peerMissing(peer, error)
      : notLoadable(String(error).split('\n')[0] ?? '', error);
  }
}

function notLoadable(reason: string, cause?: unknown): RowsmithError {
  const hint =
    'It needs the JavaScript API of TypeScript, which typescript 7.0 does not have: npm install --save-dev typescript@5.9';
  return new RowsmithError('peer-missing', `kysely-codegen cannot be loaded: ${reason}`, hint, { cause });
}
