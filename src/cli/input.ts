import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { RowsmithError } from '../errors.js';
import { loadConfig, noConfig, type GenerateOptions, type Source } from '../index.js';

/** The options that every command takes that reads a schema. */
export interface InputArguments {
  readonly source?: readonly string[] | undefined;
  readonly out?: string | undefined;
  readonly config?: string | undefined;
}

export function inputOptions<T>(yargs: Argv<T>) {
  return yargs
    .option('source', {
      type: 'string',
      array: true,
      requiresArg: true,
      describe: 'Database URL, SQL files or folders, or a catalog.json [DATABASE_URL]',
    })
    .option('out', { type: 'string', requiresArg: true, describe: 'Output folder [generated]' })
    .option('config', { type: 'string', requiresArg: true, describe: 'Config file [rowsmith.config.*]' });
}

/** The config with what the command line says instead. Paths of the command line start from the working directory. */
export async function readInput({ source, out, config: path }: InputArguments): Promise<GenerateOptions> {
  if (out === '') throw new RowsmithError('config-invalid', '--out names no folder.', 'Write --out . for the working directory.');
  const { config: loaded, folder, origin } = (await loadConfig(path)) ?? (await noConfig());
  const config = {
    ...loaded,
    ...(source && source.length > 0 ? { source: parseSource(source) } : {}),
    ...(out === undefined ? {} : { out: resolve(out) }),
  };
  return { config, folder, ...(origin ? { origin } : {}), onNote: (message) => process.stderr.write(`note: ${message}\n`) };
}

/** A source as the command line names it. */
export function parseSource(given: readonly string[]): Source {
  const [first = ''] = given;
  // Anything with a scheme is meant as a URL: taken for a path, it would be printed with its password.
  const urls = given.filter((source) => /^[a-z][a-z0-9+.-]*:\/\/|^postgres(ql)?:/i.test(source));
  if (urls.length > 0 && given.length > 1) throw new RowsmithError('source-missing', 'A database URL stands alone.', 'Give one --source, or several SQL files.');
  if (urls.length > 0) return { url: first };
  if (given.length === 1 && first.endsWith('.json')) return { catalog: resolve(first) };
  return { sql: given.map((path) => resolve(path)) };
}

/** The command that brings the output up to date, with the options of this run. */
export function generateCommandLine({ source = [], out, config }: InputArguments): string {
  const given = [
    ...source.flatMap((value) => ['--source', value.replace(/^(\w+:\/\/[^:/@]*):[^@]*@/i, '$1:***@')]),
    ...(out === undefined ? [] : ['--out', out]),
    ...(config === undefined ? [] : ['--config', config]),
  ];
  return ['rowsmith generate', ...given].join(' ');
}
