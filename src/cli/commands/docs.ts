import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { docs, docsFormats, type DocsFormat } from '../../index.js';
import { readInput, silentOption, type InputArguments } from '../input.js';
import { Messages, type Verbosity } from '../messages.js';

interface DocsArguments extends Pick<InputArguments, 'source' | 'config' | 'out'>, Pick<Verbosity, 'silent'> {
  readonly format: DocsFormat;
  readonly models?: readonly string[] | undefined;
}

export function docsCommand(): CommandModule<object, DocsArguments> {
  return {
    command: 'docs',
    describe: 'Write a page about the models of a schema, for people',
    builder: (yargs) =>
      yargs
        .option('source', { type: 'string', array: true, requiresArg: true, describe: 'Database URL, SQL files or folders, or a catalog.json [DATABASE_URL]' })
        .option('config', { type: 'string', requiresArg: true, describe: 'Config file [rowsmith.config.*]' })
        .option('out', { type: 'string', requiresArg: true, describe: 'A file for the page, instead of standard output' })
        .option('format', { choices: docsFormats, default: 'html' as const, describe: 'What to write' })
        .option('models', { type: 'string', array: true, requiresArg: true, describe: 'Hand-written models (globs) whose drift the page tells' })
        .option('silent', silentOption),
    handler: async ({ source, config, out, format, models, silent }) => {
      const messages = new Messages({ silent });
      const input = await readInput({ source, config }, messages);
      const result = await messages.during(() => docs({ ...input, format, ...(models ? { models } : {}) }));
      result.notes.forEach(messages.note);
      if (out === undefined) process.stdout.write(result.text);
      else await writeFile(resolve(out), result.text);
    },
  };
}
