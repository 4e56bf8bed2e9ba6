import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { RowsmithError } from '../../errors.js';
import { docs } from '../../index.js';
import { readInput } from '../input.js';
import { Messages } from '../messages.js';
import type { Arguments } from '../options.js';
import { writePages } from '../write-pages.js';

export async function runDocs(given: Arguments<'docs'>): Promise<number> {
  const { out, format, title, split, models, silent, ...args } = given;
  const messages = new Messages({ silent });
  if (split && (format !== 'markdown' || out === undefined))
    throw new RowsmithError(
      'config-invalid',
      '--split writes several Markdown files into a folder.',
      'Add --format markdown and --out <folder>.',
    );
  const input = await readInput(args, messages);
  const wanted = { format, split, ...(title === undefined ? {} : { title }), ...(models ? { models } : {}) };
  const { text, files, notes } = await messages.during(() => docs({ ...input, ...wanted }));
  notes.forEach(messages.note);
  if (out === undefined) process.stdout.write(text);
  else if (split) writePages(resolve(out), [{ path: 'index.md', text }, ...files]);
  else await writeFile(resolve(out), text);
  return 0;
}
