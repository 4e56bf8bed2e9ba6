import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { RowsmithError } from '../errors.js';
import { loadConfig, noConfig, parseSource, projectConfig, type GenerateOptions } from '../index.js';
import { withoutSecrets } from './redact.js';

/** The options that every command takes that reads a schema. */
export interface InputArguments {
  readonly source?: readonly string[] | undefined;
  readonly out?: string | undefined;
  readonly config?: string | undefined;
  readonly project?: string | undefined;
  readonly timeout?: number | undefined;
}

export const projectOption = { type: 'string', requiresArg: true, describe: 'One of the projects of the config [all of them]' } as const;

/** For every command that may read a live database. */
export const timeoutOption = { type: 'number', requiresArg: true, describe: 'Seconds to read a live database in [60]' } as const;

export function inputOptions<T>(yargs: Argv<T>) {
  return yargs
    .option('source', {
      type: 'string',
      array: true,
      requiresArg: true,
      describe: 'Database URL, SQL files or folders, or a catalog.json [DATABASE_URL]',
    })
    .option('out', { type: 'string', requiresArg: true, describe: 'Output folder [generated]' })
    .option('config', { type: 'string', requiresArg: true, describe: 'Config file [rowsmith.config.*]' })
    .option('project', projectOption)
    .option('timeout', timeoutOption);
}

/** The config with what the command line says instead. Paths of the command line start from the working directory. */
export async function readInput({ source, out, config: path, project, timeout }: InputArguments): Promise<GenerateOptions> {
  if (out === '') throw new RowsmithError('config-invalid', '--out names no folder.', 'Write --out . for the working directory.');
  if (timeout !== undefined && !(timeout > 0)) throw new RowsmithError('config-invalid', '--timeout is no number of seconds above 0.');
  const { config: loaded, folder, origin } = (await loadConfig(path)) ?? (await noConfig());
  if (out !== undefined && loaded.projects && project === undefined) throw new RowsmithError('project-unknown', '--out names one folder, and the config has several projects.', 'Choose one with --project.');
  const config = {
    ...(project === undefined ? loaded : projectConfig(loaded, project)),
    ...(source && source.length > 0 ? { source: parseSource(source) } : {}),
    ...(out === undefined ? {} : { out: resolve(out) }),
    ...(timeout === undefined ? {} : { timeout }),
  };
  return { config, folder, ...(origin ? { origin } : {}), onNote: (message) => process.stderr.write(`note: ${withoutSecrets(message)}\n`) };
}

/** The command that brings the output up to date, with the options of this run. */
export function generateCommandLine({ source = [], out, config, project }: InputArguments): string {
  const given = [
    ...source.flatMap((value) => ['--source', withoutSecrets(value)]),
    ...(out === undefined ? [] : ['--out', out]),
    ...(config === undefined ? [] : ['--config', config]),
    ...(project === undefined ? [] : ['--project', project]),
  ];
  return ['rowsmith generate', ...given].join(' ');
}
