import { generateAll } from '../../index.js';
import { readOutputInput } from '../input.js';
import { Messages } from '../messages.js';
import type { Arguments } from '../options.js';
import { jsonResults, summary } from '../summary.js';

export async function runGenerate(args: Arguments<'generate'>): Promise<number> {
  if (args.watch) return (await import('./watch.js')).runWatch(args);
  if (args.check) return (await import('./check.js')).runCheck(args);
  const messages = new Messages(args);
  const options = await readOutputInput(args, messages);
  const results = await messages.during(() => generateAll(options));
  for (const { notes } of results) notes.forEach(messages.note);
  if (args.json) process.stdout.write(jsonResults(results, messages));
  else if (!args.silent) process.stdout.write(results.map(summary).join(''));
  return 0;
}
