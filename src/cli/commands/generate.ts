import { relative } from 'node:path';
import type { CommandModule } from 'yargs';
import { generateAll, type GenerateResult } from '../../index.js';
import { inputOptions, readInput, type InputArguments } from '../input.js';
import { remembering, upToDate } from '../unchanged.js';
import { runCheck } from './check.js';

interface GenerateArguments extends InputArguments {
  readonly check?: boolean | undefined;
}

export function generateCommand(exit: (code: number) => void): CommandModule<object, GenerateArguments> {
  return {
    command: 'generate',
    describe: 'Write the TypeScript for a schema',
    builder: (yargs) => inputOptions(yargs).option('check', { type: 'boolean', describe: 'Write nothing; exit 1 when the output is stale' }),
    handler: async (args) => {
      if (args.check) return exit(await runCheck(args));
      const results = await remembering(await readInput(args), generateAll, () => true);
      for (const note of new Set(results.flatMap(({ notes }) => notes))) process.stderr.write(`note: ${note}\n`);
      process.stdout.write(results.map(summary).join(''));
    },
  };
}

const marks = { missing: '+', stale: '~', orphaned: '-' } as const;

function summary({ out, files, changes }: GenerateResult): string {
  if (changes.length === 0) return upToDate(out, files.length);
  const folder = relative(process.cwd(), out) || '.';
  const lines = changes.map(({ kind, path }) => `  ${marks[kind]} ${path}`);
  return `${folder}: ${changes.length} of ${files.length} files changed\n${lines.join('\n')}\n`;
}
