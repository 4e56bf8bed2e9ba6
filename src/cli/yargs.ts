import { commands } from './commands.js';
import { type CommandName, type Line, type Option, options } from './options.js';
import { UsageError } from './report-error.js';
import { toolVersion } from './tool-version.js';

/**
 * Reads any command line with yargs, and says what is wrong with it. Undefined where help or a version was asked for.
 */
export async function readWithYargs(argv: readonly string[]): Promise<Line | undefined> {
  const { default: yargs } = await import('yargs/yargs');
  let line: Line | undefined;
  const cli = yargs([...argv])
    .scriptName('rowsmith')
    .usage(
      '$0 <command>\n\nReads a PostgreSQL schema and writes TypeScript: Kysely table types, and a model for each table.',
    )
    .completion('completion', 'Print a script that completes commands and options in bash or zsh')
    .demandCommand(1, 'Which command?')
    .recommendCommands()
    .strictCommands()
    .strictOptions()
    .version(toolVersion())
    .help()
    .alias('help', 'h')
    .exitProcess(false)
    .fail((message, error) => {
      // yargs says what was meant, without saying what is wrong.
      throw error ?? new UsageError(message.startsWith('Did you mean') ? `Unknown command. ${message}` : message);
    });
  for (const command of Object.keys(commands) as CommandName[]) {
    const { describe, usage, epilogue } = commands[command];
    cli.command(
      command,
      describe,
      (own) => {
        for (const [name, option] of Object.entries<Option>(options[command])) own.option(name, forYargs(option));
        if (usage !== undefined) own.usage(usage);
        if (epilogue !== undefined) own.epilogue(epilogue);
      },
      (args) => {
        line = { command, args } as unknown as Line;
      },
    );
  }
  await cli.parseAsync();
  return line;
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
