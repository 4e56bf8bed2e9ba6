import type { CommandModule } from 'yargs';
import { generateAll } from '../../index.js';
import { inputOptions, outputOptions, readInput, type InputArguments } from '../input.js';
import { Messages, type Verbosity } from '../messages.js';
import { jsonResults, summary } from '../summary.js';
import { runCheck } from './check.js';

interface GenerateArguments extends InputArguments, Verbosity {
  readonly check?: boolean | undefined;
  readonly watch?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

export function generateCommand(exit: (code: number) => void): CommandModule<object, GenerateArguments> {
  return {
    command: 'generate',
    describe: 'Write the TypeScript for a schema',
    builder: (yargs) =>
      yargs
        .options({ ...inputOptions, ...outputOptions })
        .option('check', { type: 'boolean', describe: 'Write nothing; exit 1 when the output is stale' })
        .option('watch', { type: 'boolean', describe: 'Generate again with every change, until Ctrl-C' })
        .conflicts('watch', ['check', 'json']),
    handler: async (args) => {
      if (args.watch) return exit(await (await import('./watch.js')).runWatch(args));
      exit(args.check ? await runCheck(args) : await runGenerate(args));
    },
  };
}

export async function runGenerate(args: GenerateArguments): Promise<number> {
  const messages = new Messages(args);
  const options = await readInput(args, messages);
  const results = await messages.during(() => generateAll(options));
  for (const { notes } of results) notes.forEach(messages.note);
  if (args.json) process.stdout.write(jsonResults(results, messages));
  else if (!args.silent) process.stdout.write(results.map(summary).join(''));
  return 0;
}
