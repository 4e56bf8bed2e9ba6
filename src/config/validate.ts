import { normalize } from 'node:path';
import { RowsmithError } from '../errors.js';
import type { Config, ProjectConfig } from './config.js';
import { driverNames } from './drivers.js';
import { check, invalid, type Shape } from './shape.js';

/** The format of configs that this rowsmith reads. There is no older one. */
export const configVersion = 1;

const string: Shape = { kind: 'string' };
const boolean: Shape = { kind: 'boolean' };
const oneOf = (...values: string[]): Shape => ({ kind: 'one of', values });
const aFunction: Shape = { kind: 'function' };
const list = (of: Shape): Shape => ({ kind: 'list', of });
const either = (...of: Shape[]): Shape => ({ kind: 'either', of });
const object = (keys: { [key: string]: Shape }, required: readonly string[] = []): Shape => ({
  kind: 'object',
  keys,
  required,
});
const record = (rest: Shape, keys: { [key: string]: Shape } = {}): Shape => ({ kind: 'object', keys, rest });

/** Marks the shape of an object that one key distinguishes from its alternatives. */
const withKey = (markedBy: string, shape: Shape): Shape => ({ ...shape, markedBy }) as Shape;

const aliasShape = either(string, aFunction, object({ as: string, default: { kind: 'scalar' } }, ['as']));
const machineKeys = {
  name: string,
  initial: either(string, list(string)),
  states: list(string),
  graph: record(list(string)),
};
const stateShape = either(
  withKey('column', object({ column: string, ...machineKeys }, ['column'])),
  object({ transitions: string, ...machineKeys }, ['transitions']),
);
const foundFieldKeys = { notNull: { kind: 'true' }, volatile: { kind: 'true' }, comment: string } as const;
const foundFieldShape = object(foundFieldKeys);
const sqlFieldShape = object({ sql: string, ...foundFieldKeys }, ['sql']);
const codeFieldShape = object({ code: string, needs: list(string), comment: string }, ['code', 'needs']);
const filledValueShape = either(oneOf('now'), object({ sql: string }, ['sql']));
const modelShape = object({
  name: string,
  plural: string,
  alias: record(aliasShape),
  state: either(stateShape, list(stateShape), { kind: 'false' }),
  computed: record(
    either(withKey('code', codeFieldShape), withKey('sql', sqlFieldShape), foundFieldShape, { kind: 'false' }),
  ),
  json: record(either(string, object({ schema: string, validate: { kind: 'boolean' } }, ['schema']))),
  filled: record(either(oneOf('database'), object({ insert: filledValueShape, update: filledValueShape }))),
});
const renames = list(object({ table: string, column: string, field: string }, ['table', 'column', 'field']));
const ignores = list(
  object({ rule: string, table: string, field: string, reason: string, expires: { kind: 'date' } }, ['reason']),
);
const failOn = oneOf('error', 'warning', 'info', 'never');
const driftShape = object({
  models: list(string),
  rules: record(oneOf('error', 'warning', 'info', 'off')),
  ignores,
  renames: object({ confirm: renames, deny: renames }),
  synonyms: list(list(string)),
  profiles: object({ rust: oneOf('sqlx', 'diesel', 'sea-orm') }),
  parsers: record(oneOf('string', 'number', 'bigint', 'boolean', 'Date', 'object', 'any')),
  exclude: list(string),
  baseline: string,
  failOn,
});
/** A reference to an export of a module, `./module#export`. Whether the export exists is checked on use. */
const moduleReference: Shape = { kind: 'module reference' };
const overrideShape = object(
  { table: either(string, aFunction), column: either(string, aFunction), type: string, as: string, write: string },
  ['as'],
);
const ownTablesShape = object({ camelCase: boolean });
const kyselyCodegenShape = object(
  {
    format: oneOf('kysely-codegen'),
    camelCase: boolean,
    customImports: record(string),
    dateParser: oneOf('string', 'timestamp'),
    defaultSchemas: list(string),
    domains: boolean,
    numericParser: oneOf('number', 'number-or-string', 'string'),
    overrides: object({ columns: record(string) }),
    partitions: boolean,
    runtimeEnums: either(boolean, oneOf('pascal-case', 'screaming-snake-case')),
    singularize: either(boolean, record(string)),
    typeMapping: record(string),
    typeOnlyImports: boolean,
  },
  ['format'],
);
const sourceShape = object({
  url: { kind: 'optional string' },
  sql: either(string, list(string)),
  allowMissing: list(string),
  searchPath: string,
  variables: record(string),
  stubs: either(string, list(string)),
  extensions: record(string),
  catalog: string,
  migrations: string,
  tool: oneOf('kysely', 'knex'),
  command: string,
});
/** The keys of a source, of which it needs exactly one. */
const sourceKinds = ['url', 'sql', 'migrations', 'command', 'catalog'];
/** The keys that are allowed only with certain kinds of sources. */
const sourceOptions: { readonly [key: string]: readonly string[] } = {
  allowMissing: ['sql'],
  searchPath: ['sql'],
  variables: ['sql'],
  stubs: ['sql'],
  extensions: ['sql', 'migrations'],
  tool: ['migrations'],
};
/** The keys that every project of a config may set for itself. */
const outputKeys = {
  include: list(either(string, aFunction)),
  exclude: list(either(string, aFunction)),
  tenants: string,
  out: string,
  imports: oneOf('js', 'ts', 'none'),
  templates: string,
  driver: either(
    oneOf(...driverNames),
    object(
      {
        name: oneOf('pg-parsers'),
        int8: oneOf('bigint', 'string'),
        dates: either(oneOf('string', 'date'), moduleReference),
        numeric: string,
      },
      ['name'],
    ),
  ),
  tables: either(oneOf('rowsmith', 'kysely-codegen'), withKey('format', kyselyCodegenShape), ownTablesShape),
  types: object({
    nullElements: boolean,
    infinity: boolean,
    timestamps: oneOf('local'),
    brandIds: boolean,
    overrides: list(overrideShape),
  }),
  functions: list(either(string, aFunction)),
  queries: list(string),
  models: record(either(modelShape, aFunction), { stripPrefix: string }),
  plugins: list(object({ name: string, catalog: aFunction, schema: aFunction, files: aFunction }, ['name'])),
  slices: record(list(either(string, aFunction))),
};
/** The shape of the whole config. */
export const configShape = object({
  $schema: string,
  version: { kind: 'version' },
  source: either(string, sourceShape),
  env: { kind: 'false' },
  timeout: { kind: 'seconds' },
  ...outputKeys,
  projects: list(object({ name: string, ...outputKeys }, ['name', 'out'])),
  drift: driftShape,
  diff: object({ ignores, failOn }),
});

/** Validates a config. Throws on the first value that does not fit, named by its position: `models.tasks.alias`. */
export function validateConfig(value: unknown, file: string): Config {
  refuseOtherVersion(value, file);
  check(value, configShape, [], file);
  const config = value as Config;
  if (typeof config.source === 'object') checkSource(config.source, file);
  if (config.projects) checkProjects(config.projects, file);
  return config;
}

/**
 * Refuses a config of another format. It is checked first, since another format may have keys that are unknown here.
 */
function refuseOtherVersion(value: unknown, file: string): void {
  if (typeof value !== 'object' || value === null || !('version' in value)) return;
  const { version } = value;
  if (version === undefined || version === configVersion) return;
  const isNewer = typeof version === 'number' && version > configVersion;
  throw new RowsmithError(
    'config-invalid',
    `${file} has format ${JSON.stringify(version)}; this rowsmith reads format ${configVersion}.`,
    isNewer ? 'It was written for a newer rowsmith: update this one.' : 'docs/config.md describes every key.',
  );
}

function checkSource(source: object, file: string): void {
  const [kind, another] = Object.keys(source).filter((key) => sourceKinds.includes(key));
  if (kind === undefined || another !== undefined)
    throw invalid(file, ['source'], 'needs exactly one of url, sql, migrations, command and catalog');
  const other = Object.keys(source).find((key) => key !== kind && sourceOptions[key]?.includes(kind) !== true);
  if (other !== undefined) {
    const kinds = (sourceOptions[other] ?? []).map((one) => `source.${one}`).join(' and ');
    throw invalid(file, ['source', other], `is only allowed with ${kinds}`);
  }
  if (kind === 'migrations' && !('tool' in source))
    throw invalid(file, ['source', 'tool'], "is missing: 'kysely' or 'knex'. Migrations in SQL are source.sql");
}

function checkProjects(projects: readonly ProjectConfig[], file: string): void {
  if (projects.length === 0) throw invalid(file, ['projects'], 'must name at least one project');
  for (const [index, { name, out }] of projects.entries()) {
    const before = projects.slice(0, index);
    const place = ['projects', String(index)];
    if (before.some((other) => other.name === name)) throw invalid(file, [...place, 'name'], `is "${name}" again`);
    const sharesFolder = before.some((other) => normalize(other.out) === normalize(out));
    if (sharesFolder) throw invalid(file, [...place, 'out'], "is another project's folder");
  }
}

/** Validates the model config that a function of the config returned for one table. */
export function validateModelConfig(value: unknown, place: string): void {
  check(value, modelShape, [place], 'the config');
}
