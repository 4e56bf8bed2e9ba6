import type { Arguments, CommandName } from './options.js';

interface Command<Name extends CommandName> {
  readonly describe: string;
  /** Text of the help before and after the options. */
  readonly usage?: string;
  readonly epilogue?: string;
  /** Runs the command, and gives its exit code. */
  run(args: Arguments<Name>): Promise<number>;
}

/** The commands. The module of each is loaded when it runs. */
export const commands: { readonly [Name in CommandName]: Command<Name> } = {
  init: {
    describe: 'Set rowsmith up in a project: config, scripts, .gitattributes',
    run: async (args) => (await import('./commands/init.js')).runInit(args),
  },
  generate: {
    describe: 'Write the TypeScript for a schema',
    run: async (args) => (await import('./commands/generate.js')).runGenerate(args),
  },
  check: {
    describe: 'Exit 1 when the committed output is stale, and show how (generate --check)',
    run: async (args) => (await import('./commands/check.js')).runCheck(args),
  },
  diff: {
    describe: 'What changed in the schema, and which code it breaks',
    usage:
      '$0 diff [--from <source>] [--to <source>]\n\nA source is a database URL, SQL files or folders, or a catalog.json.',
    epilogue: 'Exit codes: 0 clean, 1 changes at or above --fail-on, 2 when the question could not be answered.',
    run: async (args) => (await import('./commands/diff.js')).runDiff(args),
  },
  drift: {
    describe: 'Compare hand-written models (Rust, TypeScript) with the schema; exit 1 when they differ',
    run: async (args) => (await import('./commands/drift.js')).runDrift(args),
  },
  docs: {
    describe: 'Write a page about the models of a schema, for people',
    run: async (args) => (await import('./commands/docs.js')).runDocs(args),
  },
};
