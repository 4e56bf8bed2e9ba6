import { docsFormats, failOnLevels, reportFormats } from '../index.js';

/** An option of a command. All except booleans take a value. */
export interface Option {
  readonly type: 'string' | 'number' | 'boolean';
  /** Whether it takes several values, and may be repeated. */
  readonly array?: true;
  readonly choices?: readonly string[];
  readonly default?: string | boolean;
  readonly alias?: string;
  /** Options that cannot be combined with it. */
  readonly conflicts?: readonly string[];
  readonly describe: string;
}

type Single<O extends Option> = O extends { readonly choices: readonly (infer Choice)[] }
  ? Choice
  : { readonly string: string; readonly number: number; readonly boolean: boolean }[O['type']];

type Value<O extends Option> = O extends { readonly array: true } ? readonly Single<O>[] : Single<O>;

type Values<Options extends Readonly<Record<string, Option>>> = {
  readonly [Name in keyof Options as Options[Name] extends { readonly default: unknown } ? Name : never]: Value<
    Options[Name]
  >;
} & {
  readonly [Name in keyof Options as Options[Name] extends { readonly default: unknown } ? never : Name]?:
    | Value<Options[Name]>
    | undefined;
};

const source = {
  type: 'string',
  array: true,
  describe: 'Database URL, SQL files or folders, or a catalog.json [DATABASE_URL]',
} as const;
const config = { type: 'string', describe: 'Config file [rowsmith.config.*]' } as const;
const envFile = {
  type: 'string',
  describe: 'File of variables to read instead of .env and .env.local',
} as const;
const out = { type: 'string', describe: 'Output folder [generated]' } as const;
const project = { type: 'string', describe: "One of the config's projects [all]" } as const;
const timeout = {
  type: 'number',
  describe: 'Time limit in seconds, for a live database [60] or SQL files [600]',
} as const;
const format = {
  type: 'string',
  choices: reportFormats,
  default: 'text',
  describe: 'Report format',
} as const;

/** The options that every command has. */
const common = {
  verbose: {
    type: 'boolean',
    default: false,
    describe: 'Show stack traces, and list what reports summarize in one line',
  },
  silent: { type: 'boolean', describe: 'Print only errors, and what --json, --format or --out asks for' },
} as const;

const generate = {
  source,
  out,
  config,
  'env-file': envFile,
  project,
  timeout,
  force: { type: 'boolean', describe: 'Run even if nothing has changed since the last run' },
  json: { type: 'boolean', describe: 'Print the result as JSON' },
  ...common,
} as const;

/** The options of every command. This table defines how command lines are parsed and what the help prints. */
export const options = {
  init: {
    source: { ...source, describe: 'Database URL, SQL files or folders, or a catalog.json [detected]' },
    yes: { type: 'boolean', default: false, alias: 'y', describe: 'Ask nothing; take the defaults' },
    ...common,
  },
  generate: {
    ...generate,
    check: { type: 'boolean', describe: 'Write nothing; exit with 1 if the output is stale' },
    watch: {
      type: 'boolean',
      conflicts: ['check', 'json'],
      describe: 'Generate again after every change, until Ctrl-C',
    },
  },
  check: {
    ...generate,
    format: {
      type: 'string',
      choices: ['text', 'github'],
      describe: 'Report format; github annotates files [text]',
    },
  },
  diff: {
    from: { ...source, describe: "The older schema [the output folder's catalog.json]" },
    to: { ...source, describe: "The newer schema [the config's source, or DATABASE_URL]" },
    config,
    'env-file': envFile,
    project: { ...project, describe: "One of the config's projects" },
    timeout,
    usage: {
      type: 'string',
      array: true,
      describe: 'TypeScript files (glob): changes to what they do not use become info',
    },
    format,
    out: { type: 'string', describe: 'File to write the report to, instead of standard output' },
    'fail-on': {
      type: 'string',
      choices: failOnLevels,
      describe: 'Lowest severity that exits with 1: error is breaking, warning is dangerous [error]',
    },
    ...common,
  },
  drift: {
    models: { type: 'string', array: true, describe: "Model files, as quoted globs: 'src/models/**/*.rs'" },
    exclude: { type: 'string', array: true, describe: "Files to exclude, as quoted globs: '**/fixtures/**'" },
    source,
    config,
    'env-file': envFile,
    timeout: { ...timeout, describe: 'Time limit for the whole command, in seconds [600]' },
    format,
    out: { type: 'string', describe: 'File to write the report to, instead of standard output' },
    'fail-on': { type: 'string', choices: failOnLevels, describe: 'Lowest severity that exits with 1 [error]' },
    rule: {
      type: 'string',
      array: true,
      describe: 'Severity of a rule: fk-type-mismatch=warning, missing-model=off',
    },
    baseline: { type: 'string', describe: 'Leave out the findings in this file' },
    'write-baseline': { type: 'string', describe: 'Write the findings to this file, for --baseline' },
    'fix-suggestions': {
      type: 'boolean',
      default: false,
      describe: 'Add corrected and missing models to the report',
    },
    'only-missing': { type: 'boolean', default: false, describe: 'With --fix-suggestions: only the missing models' },
    ...common,
  },
  docs: {
    source,
    config,
    'env-file': envFile,
    out: { type: 'string', describe: 'File to write the page to, instead of standard output' },
    format: { type: 'string', choices: docsFormats, default: 'html', describe: 'Output format' },
    models: { type: 'string', array: true, describe: 'Hand-written models (globs) whose drift the page shows' },
    ...common,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Option>>>>;

export type CommandName = keyof typeof options;

/** The options of a command by their names, as they were given. */
export type Arguments<Name extends CommandName> = Values<(typeof options)[Name]>;

/** A parsed command line: `rowsmith check --json` is `{ command: 'check', args: { json: true, verbose: false } }`. */
export type Line = {
  readonly [Name in CommandName]: { readonly command: Name; readonly args: Arguments<Name> };
}[CommandName];

/** Whether a command takes sources as arguments without `--source`: `rowsmith generate schema.sql`. */
export const takesSources = (command: CommandName): boolean => 'source' in options[command];

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(options, name);
}
