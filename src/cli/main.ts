#!/usr/bin/env node
import { toolVersion } from '../unchanged/tool-version.js';
import { keepCompiled, loadChunk } from './chunks.js';

// A URL with a password among the arguments should not stand in every list of processes.
process.title = 'rowsmith';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough, `head` for one, closes the pipe: nothing more is to be said.
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`error: The standard output cannot be written: ${error.message}\n`);
  process.exit(2);
});

/** Each step loads what it needs, and no more: many runs end before the command line is parsed. */
async function main(args: readonly string[]): Promise<void> {
  if (args.length === 1 && args[0] === '--version') {
    process.stdout.write(`${toolVersion()}\n`);
    return;
  }
  const { run } = loadChunk('run.cjs') as typeof import('./run.js');
  const { exitCode, kind } = await run(args);
  process.exitCode = exitCode;
  if (kind !== undefined) keepCompiled(kind);
}

void main(process.argv.slice(2));
