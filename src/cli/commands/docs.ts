import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { docs } from '../../index.js';
import { readInput } from '../input.js';
import { Messages } from '../messages.js';
import type { Arguments } from '../options.js';

export async function runDocs({ out, format, models, silent, ...args }: Arguments<'docs'>): Promise<number> {
  const messages = new Messages({ silent });
  const input = await readInput(args, messages);
  const result = await messages.during(() => docs({ ...input, format, ...(models ? { models } : {}) }));
  result.notes.forEach(messages.note);
  if (out === undefined) process.stdout.write(result.text);
  else await writeFile(resolve(out), result.text);
  return 0;
}
