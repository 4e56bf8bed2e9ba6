import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { diff, fails, formatDiff, parseSource } from '../../index.js';
import { readInput } from '../input.js';
import { Messages } from '../messages.js';
import type { Arguments } from '../options.js';
import { hasColour } from '../terminal.js';

export async function runDiff({
  from,
  to,
  usage,
  format,
  out,
  silent,
  'fail-on': failOn,
  ...args
}: Arguments<'diff'>): Promise<number> {
  const messages = new Messages({ silent });
  const input = await readInput(args, messages);
  const sides = { ...(from ? { from: parseSource(from) } : {}), ...(to ? { to: parseSource(to) } : {}) };
  const result = await messages.during(() => diff({ ...input, ...sides, ...(usage ? { usage } : {}) }));
  const colour = out === undefined && hasColour(process.stdout);
  const text = await formatDiff(result, format, { colour });
  if (out !== undefined) await writeFile(resolve(out), text);
  else if (!silent || format !== 'text') process.stdout.write(text);
  return fails(result.findings, failOn ?? input.config.diff?.failOn ?? 'error') ? 1 : 0;
}
