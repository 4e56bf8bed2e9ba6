import { join, relative } from 'node:path';
import type { CommandModule } from 'yargs';
import { check, type Change, type GenerateResult } from '../../index.js';
import { generateCommandLine, inputOptions, readInput, type InputArguments } from '../input.js';

export function checkCommand(exit: (code: number) => void): CommandModule<object, InputArguments> {
  return {
    command: 'check',
    describe: 'Exit 1 when the committed output is stale, and show how (generate --check)',
    builder: inputOptions,
    handler: async (args) => exit(await runCheck(args)),
  };
}

export async function runCheck(args: InputArguments): Promise<number> {
  const result = await check(await readInput(args));
  if (result.changes.length === 0) {
    process.stdout.write(`${relative(process.cwd(), result.out) || '.'}: up to date, ${result.files.length} files\n`);
    return 0;
  }
  process.stdout.write(`${await report(result)}\nMend it with: ${generateCommandLine(args)}\n`);
  return 1;
}

/** A line for each file, then what is committed → what it should be. */
async function report({ out, changes }: GenerateResult): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  const shown = (change: Change) => relative(process.cwd(), join(out, change.path)).replaceAll('\\', '/');
  const list = changes.map((change) => `${change.kind}: ${shown(change)}`);
  const patches = changes.map((change) => {
    const previous = change.kind === 'missing' ? '' : change.previous.replaceAll('\r\n', '\n');
    const next = change.kind === 'orphaned' ? '' : change.text;
    const from = change.kind === 'missing' ? '/dev/null' : shown(change);
    const to = change.kind === 'orphaned' ? '/dev/null' : shown(change);
    return createTwoFilesPatch(from, to, previous, next, 'committed', 'should be');
  });
  return `${list.join('\n')}\n\n${patches.join('\n')}`;
}
