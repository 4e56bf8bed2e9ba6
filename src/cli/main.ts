#!/usr/bin/env node
import { toolVersion } from './tool-version.js';
import { keepCompiled, loadChunk } from './chunks.js';
import { guardOutput, print } from './print.js';

// A URL with a password among the arguments should not stand in every list of processes.
process.title = 'rowsmith';

/** Each step loads what it needs, and no more: many runs end before the command line is parsed. */
async function main(args: readonly string[]): Promise<void> {
  if (args.length === 1 && args[0] === '--version') return print(`${toolVersion()}\n`);
  guardOutput();
  const { runCommand } = loadChunk('run-command.cjs') as typeof import('./run-command.js');
  process.exitCode = await runCommand(args);
  const [command = ''] = args;
  if (process.exitCode < 2 && commands.includes(command)) await keepCompiled(command);
}

const commands = ['init', 'generate', 'check', 'diff', 'drift', 'docs'];

void main(process.argv.slice(2));
