import { checkCommand } from './commands/check.js';
import { diffCommand } from './commands/diff.js';
import { docsCommand } from './commands/docs.js';
import { driftCommand } from './commands/drift.js';
import { generateCommand } from './commands/generate.js';
import { initCommand } from './commands/init.js';
import { toolVersion } from './tool-version.js';
import { UsageError } from './report-error.js';

/** Everything that can be written on the command line, and what is wrong with it. */
export async function runYargs(argv: readonly string[]): Promise<number> {
  const { default: yargs } = await import('yargs/yargs');
  let exitCode = 0;
  const cli = yargs([...argv])
    .scriptName('rowsmith')
    .usage('$0 <command>\n\nReads a PostgreSQL schema and writes TypeScript: Kysely table types, and a model for each table.')
    .option('verbose', { type: 'boolean', default: false, describe: 'Show stack traces' })
    .command(initCommand())
    .command(generateCommand((code) => (exitCode = code)))
    .command(checkCommand((code) => (exitCode = code)))
    .command(diffCommand((code) => (exitCode = code)))
    .command(driftCommand((code) => (exitCode = code)))
    .command(docsCommand())
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
      // yargs says what was meant without saying what is wrong.
      throw error ?? new UsageError(message.startsWith('Did you mean') ? `Unknown command. ${message}` : message);
    });
  await cli.parseAsync();
  return exitCode;
}
