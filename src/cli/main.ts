#!/usr/bin/env node
import module from 'node:module';
import { toolVersion } from '../unchanged/tool-version.js';

// Node keeps what it compiled, from 22.8 on.
(module as { readonly enableCompileCache?: () => void }).enableCompileCache?.();

// A URL with a password among the arguments should not stand in every list of processes.
process.title = 'rowsmith';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough, `head` for one, closes the pipe: nothing more is to be said.
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`error: The standard output cannot be written: ${error.message}\n`);
  process.exit(2);
});

/** Each step loads what it needs, and no more: many runs end before the command line is parsed. */
async function main(args: readonly string[]): Promise<number> {
  if (args.length === 1 && args[0] === '--version') {
    process.stdout.write(`${toolVersion()}\n`);
    return 0;
  }
  const { answerUnchanged } = await import('./unchanged.js');
  if (await answerUnchanged(args)) return 0;
  const { runCommand } = await import('./run-command.js');
  return runCommand(args);
}

process.exitCode = await main(process.argv.slice(2));
