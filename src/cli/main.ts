#!/usr/bin/env node
import { toolVersion } from '../run-record/tool-version.js';
import { keepCompiled, loadChunk } from './chunks.js';
import { guardOutput, print } from './print.js';
import { answerUnchanged } from './unchanged.js';
import { exitWith2WhenUncaught } from './uncaught.js';

// A URL with a password among the arguments should not stand in every list of processes.
process.title = 'rowsmith';

/** Each step loads what it needs, and no more: many runs end before the command line is parsed. */
async function main(args: readonly string[]): Promise<void> {
  if (args.length === 1 && args[0] === '--version') return print(`${toolVersion()}\n`);
  const answer = await answerUnchanged(args, (url) => (loadChunk('index.cjs') as typeof import('../index.js')).databaseFingerprint(url));
  if (answer !== undefined) {
    print(answer);
    return keepCompiled('unchanged');
  }
  guardOutput();
  const { runCommand } = loadChunk('run-command.cjs') as typeof import('./run-command.js');
  process.exitCode = await runCommand(args);
  const [command = ''] = args;
  if (process.exitCode < 2 && commands.includes(command)) await keepCompiled(command);
}

const commands = ['init', 'generate', 'check', 'diff', 'drift', 'docs'];

exitWith2WhenUncaught(process.argv.slice(2));
void main(process.argv.slice(2));
