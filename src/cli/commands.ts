import type { Arguments, CommandName } from './options.js';

interface Command<Name extends CommandName> {
  readonly describe: string;
  /** Text of the help before and after the options. */
  readonly usage?: string;
  readonly epilogue?: string;
  /** Runs the command, and returns its exit code. */
  run(args: Arguments<Name>): Promise<number>;
}

/** The commands. The module of each is loaded when it runs. */
export const commands: { readonly [Name in CommandName]: Command<Name> } = {
  init: {
    describe: 'Set up rowsmith in a project: config, scripts, .gitattributes',
    run: async (args) => (await import('./commands/init.js')).runInit(args),
  },
  generate: {
    describe: 'Write the TypeScript for a schema',
    run: async (args) => (await import('./commands/generate.js')).runGenerate(args),
  },
  check: {
    describe: 'Exit with 1 if the committed output is stale, and show how (generate --check)',
    run: async (args) => (await import('./commands/check.js')).runCheck(args),
  },
  diff: {
    describe: 'Show what changed in the schema and which code that breaks',
    usage:
      '$0 diff [--from <source>] [--to <source>]\n\nA source is a database URL, SQL files or folders, or a catalog.json.',
    epilogue: 'Exit codes: 0 clean, 1 changes at or above --fail-on, 2 could not be determined.',
    run: async (args) => (await import('./commands/diff.js')).runDiff(args),
  },
  drift: {
    describe: 'Compare hand-written models (Rust, TypeScript) with the schema; exit with 1 if they differ',
    run: async (args) => (await import('./commands/drift.js')).runDrift(args),
  },
  docs: {
    describe: 'Write a page about the models, for people',
    run: async (args) => (await import('./commands/docs.js')).runDocs(args),
  },
};
