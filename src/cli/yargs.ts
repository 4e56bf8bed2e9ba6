import { didYouMean } from '../errors.js';
import { commands } from './commands.js';
import { type CommandName, isCommand, type Line, type Option, options, takesSources } from './options.js';
import { UsageError } from './report-error.js';
import { toolVersion } from './tool-version.js';

/**
 * Parses any command line with yargs, which reports what is wrong with it. Undefined if it requests help or a version.
 */
export async function readWithYargs(argv: readonly string[]): Promise<Line | undefined> {
  const { default: yargs } = await import('yargs/yargs');
  let line: Line | undefined;
  const cli = yargs([...argv])
    .scriptName('rowsmith')
    .usage(
      '$0 <command>\n\nReads a PostgreSQL schema and writes TypeScript: Kysely table types, and a model for each table.',
    )
    .completion('completion', 'Print a script that completes commands and options in bash and zsh')
    .recommendCommands()
    .strictCommands()
    .strictOptions()
    .version(toolVersion())
    .help()
    .alias('help', 'h')
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UsageError(withRightWord(message, argv));
    });
  for (const command of Object.keys(commands) as CommandName[]) {
    const { describe, usage, epilogue } = commands[command];
    cli.command(
      takesSources(command) ? `${command} [sources..]` : command,
      describe,
      (own) => {
        if (takesSources(command)) own.positional('sources', { type: 'string', describe: 'The same as --source' });
        for (const [name, option] of Object.entries<Option>(options[command])) own.option(name, forYargs(option));
        if (usage !== undefined) own.usage(usage);
        if (epilogue !== undefined) own.epilogue(epilogue);
      },
      ({ sources = [], ...args }) => {
        const source = [...((args['source'] as string[] | undefined) ?? []), ...(sources as string[])];
        line = { command, args: { ...args, ...(source.length > 0 ? { source } : {}) } } as unknown as Line;
      },
    );
  }
  if (argv.length === 0) cli.showHelp('log');
  else await cli.parseAsync();
  return line;
}

/** yargs's error message, with a suggestion for a misspelled option. */
function withRightWord(message: string, argv: readonly string[]): string {
  // yargs suggests a command without saying what is wrong.
  if (message.startsWith('Did you mean')) return `Unknown command. ${message}`;
  const [, unknown] = /^Unknown arguments?: ([\w-]+)/.exec(message) ?? [];
  const [command = ''] = argv;
  if (unknown === undefined || !isCommand(command) || !argv.some((word) => word.startsWith(`--${unknown}`)))
    return message;
  const hint = didYouMean(
    `--${unknown}`,
    Object.keys(options[command]).map((name) => `--${name}`),
  );
  return hint === undefined ? message : `Unknown option --${unknown}. ${hint}`;
}

function forYargs({ type, array, choices, conflicts, ...rest }: Option) {
  const takesAny = type !== 'boolean' && !choices;
  return {
    type,
    ...(array && { array }),
    ...(choices && { choices }),
    ...(conflicts && { conflicts: [...conflicts] }),
    ...(takesAny && { requiresArg: true }),
    ...rest,
  };
}
