import { commands } from './commands.js';
import type { CommandName, Line } from './options.js';
import { readPlain } from './plain.js';
import { guardOutput, print } from './print.js';
import { reportError } from './report-error.js';
import { toolVersion } from './tool-version.js';

/** Runs the command line, and returns the exit code: 0 clean, 1 stale, drift or breaking, 2 if there is no answer. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    if (args.length === 1 && args[0] === '--version') return said(`${toolVersion()}\n`);
    const plain = readPlain(args);
    guardOutput();
    const line = plain ?? (await (await import('./yargs.js')).readWithYargs(args));
    return line ? await runLine(line) : 0;
  } catch (error) {
    process.stderr.write(reportError(error, args.includes('--verbose')));
    return 2;
  }
}

function said(text: string): number {
  print(text);
  return 0;
}

function runLine<Name extends CommandName>({
  command,
  args,
}: Extract<Line, { readonly command: Name }>): Promise<number> {
  return commands[command].run(args as never);
}
