import { normalize } from 'node:path';
import { didYouMean, RowsmithError } from '../errors.js';
import type { Config, ProjectConfig } from './config.js';
import { driverNames } from './drivers.js';

/** What a value of the config may be. The whole config is described by `configShape` below; validation only walks it. */
export type Shape =
  | { readonly kind: 'string' | 'seconds' | 'function' | 'boolean' | 'scalar' | 'optional string' | 'true' | 'false' | 'date' | 'module reference' | 'version' }
  | { readonly kind: 'one of'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'object'; readonly keys: { readonly [key: string]: Shape }; readonly required?: readonly string[]; readonly rest?: Shape; readonly markedBy?: string }
  | { readonly kind: 'either'; readonly of: readonly Shape[] };

/** The format of configs that is read. There is no older one. */
export const configVersion = 1;

const string: Shape = { kind: 'string' };
const boolean: Shape = { kind: 'boolean' };
const oneOf = (...values: string[]): Shape => ({ kind: 'one of', values });
const aFunction: Shape = { kind: 'function' };
const list = (of: Shape): Shape => ({ kind: 'list', of });
const either = (...of: Shape[]): Shape => ({ kind: 'either', of });
const object = (keys: { [key: string]: Shape }, required: readonly string[] = []): Shape => ({ kind: 'object', keys, required });
const record = (rest: Shape, keys: { [key: string]: Shape } = {}): Shape => ({ kind: 'object', keys, rest });

/** Tells an object from its alternatives by a key that only it has. */
const withKey = (markedBy: string, shape: Shape): Shape => ({ ...shape, markedBy }) as Shape;

const aliasShape = either(string, aFunction, object({ as: string, default: { kind: 'scalar' } }, ['as']));
const stateShape = object({ transitions: string, name: string, initial: string, states: list(string), graph: record(list(string)) }, ['transitions']);
const sqlFieldShape = object({ sql: string, notNull: { kind: 'true' }, comment: string }, ['sql']);
const codeFieldShape = object({ code: string, needs: list(string), comment: string }, ['code', 'needs']);
const modelShape = object({
  name: string,
  plural: string,
  alias: record(aliasShape),
  state: either(stateShape, list(stateShape), { kind: 'false' }),
  computed: record(either(withKey('code', codeFieldShape), sqlFieldShape, { kind: 'false' })),
  json: record(either(string, object({ schema: string, validate: { kind: 'boolean' } }, ['schema']))),
});
const renames = list(object({ table: string, column: string, field: string }, ['table', 'column', 'field']));
const ignores = list(object({ rule: string, table: string, field: string, reason: string, expires: { kind: 'date' } }, ['reason']));
const failOn = oneOf('error', 'warning', 'info', 'never');
const driftShape = object({
  models: list(string),
  rules: record(oneOf('error', 'warning', 'info', 'off')),
  ignores,
  renames: object({ confirm: renames, deny: renames }),
  synonyms: list(list(string)),
  profiles: object({ rust: oneOf('sqlx', 'diesel') }),
  baseline: string,
  failOn,
});
/** The export of a module is looked at where it is used. */
const moduleReference: Shape = { kind: 'module reference' };
const overrideShape = object({ table: either(string, aFunction), column: either(string, aFunction), type: string, as: string, write: string }, ['as']);
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
/** What every project of a config may say for itself. */
const outputKeys = {
  include: list(either(string, aFunction)),
  exclude: list(either(string, aFunction)),
  tenants: string,
  out: string,
  templates: string,
  driver: either(
    oneOf(...driverNames),
    object({ name: oneOf('pg-parsers'), int8: oneOf('bigint', 'string'), dates: either(oneOf('string', 'date'), moduleReference), numeric: string }, ['name']),
  ),
  tables: either(oneOf('rowsmith', 'kysely-codegen'), kyselyCodegenShape),
  types: object({ nullElements: boolean, infinity: boolean, timestamps: oneOf('local'), brandIds: boolean, overrides: list(overrideShape) }),
  functions: list(either(string, aFunction)),
  models: record(either(modelShape, aFunction), { stripPrefix: string }),
  plugins: list(object({ name: string, catalog: aFunction, schema: aFunction, files: aFunction }, ['name'])),
  slices: record(list(either(string, aFunction))),
};
export const configShape = object({
  $schema: string,
  version: { kind: 'version' },
  source: object({ url: { kind: 'optional string' }, sql: either(string, list(string)), catalog: string }),
  timeout: { kind: 'seconds' },
  ...outputKeys,
  projects: list(object({ name: string, ...outputKeys }, ['name', 'out'])),
  drift: driftShape,
  diff: object({ ignores, failOn }),
});

/** Throws on the first value that does not fit, naming it as `models.tasks.alias`; gives the config otherwise. */
export function validateConfig(value: unknown, file: string): Config {
  refuseOtherVersion(value, file);
  check(value, configShape, [], file);
  const config = value as Config;
  if (config.source && Object.keys(config.source).length !== 1) {
    throw invalid(file, ['source'], 'needs exactly one of url, sql and catalog');
  }
  if (config.projects) checkProjects(config.projects, file);
  return config;
}

/** Before anything else: another version may have keys that are unknown here. */
function refuseOtherVersion(value: unknown, file: string): void {
  if (typeof value !== 'object' || value === null || !('version' in value) || value.version === undefined || value.version === configVersion) return;
  const isNewer = typeof value.version === 'number' && value.version > configVersion;
  throw new RowsmithError('config-invalid', `${file} has format ${JSON.stringify(value.version)}; this rowsmith reads format ${configVersion}.`, isNewer ? 'It is written for a newer rowsmith: update this one.' : 'The README describes every key.');
}

function checkProjects(projects: readonly ProjectConfig[], file: string): void {
  if (projects.length === 0) throw invalid(file, ['projects'], 'names no project');
  for (const [index, { name, out }] of projects.entries()) {
    const before = projects.slice(0, index);
    if (before.some((other) => other.name === name)) throw invalid(file, ['projects', String(index), 'name'], `is "${name}" again`);
    if (before.some((other) => normalize(other.out) === normalize(out))) throw invalid(file, ['projects', String(index), 'out'], 'is the folder of another project');
  }
}

/** What a function of the config returned for one table. */
export function validateModelConfig(value: unknown, place: string): void {
  check(value, modelShape, [place], 'the config');
}

function check(value: unknown, shape: Shape, path: readonly string[], file: string): void {
  if (value === undefined && path.length > 0) return;
  switch (shape.kind) {
    case 'string':
    case 'boolean':
    case 'function':
      if (typeof value !== shape.kind) throw invalid(file, path, `must be ${describe(shape)}`);
      return;
    case 'optional string':
      if (typeof value !== 'string') throw invalid(file, path, `must be ${describe(shape)}`);
      return;
    case 'seconds':
      if (typeof value !== 'number' || !(value > 0)) throw invalid(file, path, `must be ${describe(shape)}`);
      return;
    case 'true':
    case 'false':
      if (value !== (shape.kind === 'true')) throw invalid(file, path, `must be ${shape.kind} or absent`);
      return;
    case 'scalar':
      if (!['string', 'number', 'boolean'].includes(typeof value)) throw invalid(file, path, `must be ${describe(shape)}`);
      return;
    case 'one of':
      if (typeof value !== 'string' || !shape.values.includes(value)) throw invalid(file, path, `must be ${describe(shape)}`);
      return;
    case 'date':
      if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value) || Number.isNaN(Date.parse(value))) throw invalid(file, path, `must be ${describe(shape)}`);
      return;
    case 'version':
      return;
    case 'module reference':
      if (!looksLike(value, shape)) throw invalid(file, path, `must be ${describe(shape)}`);
      return;
    case 'list':
      if (!Array.isArray(value)) throw invalid(file, path, `must be ${describe(shape)}`);
      value.forEach((item, index) => check(item, shape.of, [...path, String(index)], file));
      return;
    case 'object':
      checkObject(value, shape, path, file);
      return;
    case 'either': {
      const fitting = shape.of.find((candidate) => looksLike(value, candidate));
      if (!fitting) throw invalid(file, path, `must be ${describe(shape)}`);
      check(value, fitting, path, file);
    }
  }
}

function checkObject(value: unknown, shape: Extract<Shape, { kind: 'object' }>, path: readonly string[], file: string): void {
  if (!looksLike(value, shape)) throw invalid(file, path, `must be ${describe(shape)}`);
  const entries = Object.entries(value as object);
  for (const [key, item] of entries) {
    const known = Object.hasOwn(shape.keys, key) ? shape.keys[key] : shape.rest;
    if (!known) throw unknownKey(file, [...path, key], Object.keys(shape.keys));
    check(item, known, [...path, key], file);
  }
  const missing = shape.required?.find((key) => !entries.some(([present]) => present === key));
  if (missing) throw invalid(file, [...path, missing], 'is missing');
}

/** Tells the alternatives of `either` apart by what kind of value stands there. */
function looksLike(value: unknown, shape: Shape): boolean {
  if (shape.kind === 'list') return Array.isArray(value);
  if (shape.kind === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value) && (shape.markedBy === undefined || shape.markedBy in value);
  if (shape.kind === 'false') return value === false;
  if (shape.kind === 'module reference') return typeof value === 'string' && value.includes('#');
  if (shape.kind === 'one of') return typeof value === 'string' && shape.values.includes(value);
  return typeof value === shape.kind;
}

function describe(shape: Shape): string {
  switch (shape.kind) {
    case 'either':
      return shape.of.map(describe).join(' or ');
    case 'optional string':
      return 'a string';
    case 'seconds':
      return 'a number above 0';
    case 'scalar':
      return 'a string, a number or a boolean';
    case 'object':
      return 'an object';
    case 'one of':
      return `one of ${shape.values.join(', ')}`;
    case 'date':
      return 'a date such as 2026-12-31';
    case 'module reference':
      return 'an export of a module such as ./module#export';
    case 'true':
    case 'false':
      return shape.kind;
    default:
      return `a ${shape.kind}`;
  }
}

function invalid(file: string, path: readonly string[], problem: string): RowsmithError {
  const place = path.length > 0 ? path.join('.') : 'the config';
  return new RowsmithError('config-invalid', `${file}: ${place} ${problem}`, 'The README describes every key.');
}

function unknownKey(file: string, path: readonly string[], known: readonly string[]): RowsmithError {
  const key = path.at(-1) ?? '';
  const hint = didYouMean(key, known) ?? `Known keys here: ${known.join(', ')}.`;
  return new RowsmithError('config-invalid', `${file}: unknown key "${path.join('.')}"`, hint);
}
