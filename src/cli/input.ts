import { resolve } from 'node:path';
import { RowsmithError } from '../errors.js';
import { type GenerateOptions, type LoadedConfig, loadConfig, noConfig, parseSource, projectConfig } from '../index.js';
import type { Messages } from './messages.js';
import type { Arguments } from './options.js';
import { withoutSecrets } from './redact.js';

/** The options that say what to read and where to write. Not every command has all of them. */
export type InputArguments = Pick<
  Arguments<'generate'>,
  'source' | 'out' | 'config' | 'env-file' | 'project' | 'timeout' | 'force'
>;

/** Reads the config, with the entries that the command line sets replaced. */
export async function readInput(args: InputArguments, messages: Messages): Promise<GenerateOptions> {
  refuseMeaningless(args);
  return withArguments(args, await load(args), messages);
}

async function load({ config, 'env-file': envFile }: InputArguments): Promise<LoadedConfig> {
  const variables = envFile === undefined ? {} : { envFile };
  return (await loadConfig(config, undefined, variables)) ?? noConfig(undefined, variables);
}

/** The same for a command that has an output. Also prints what was chosen for it if there is no config. */
export async function readOutputInput(args: InputArguments, messages: Messages): Promise<GenerateOptions> {
  refuseMeaningless(args);
  const loaded = await load(args);
  if (loaded.chosen !== undefined) messages.note(loaded.chosen);
  return withArguments(args, loaded, messages);
}

/** Refuses invalid values of options. */
export function refuseMeaningless({ out, timeout }: InputArguments): void {
  if (out === '')
    throw new RowsmithError('config-invalid', '--out is empty.', 'Use --out . for the working directory.');
  if (out !== undefined && /:\/\/|:.*@/s.test(out))
    throw new RowsmithError(
      'config-invalid',
      '--out looks like the URL of a database.',
      '--out takes a folder. Pass the database with --source.',
    );
  if (timeout !== undefined && !(timeout > 0))
    throw new RowsmithError('config-invalid', '--timeout must be a number of seconds above 0.');
}

/** Applies the command line to a config. Its paths are relative to the working directory. */
export function withArguments(
  { source, out, project, timeout, force = false }: InputArguments,
  { config: loaded, folder }: LoadedConfig,
  messages: Messages,
): GenerateOptions {
  if (out !== undefined && loaded.projects && project === undefined)
    throw new RowsmithError(
      'project-unknown',
      '--out sets one folder, but the config has several projects.',
      'Select one with --project.',
    );
  const config = {
    ...(project === undefined ? loaded : projectConfig(loaded, project)),
    ...(source && source.length > 0 ? { source: parseSource(source) } : {}),
    ...(out === undefined ? {} : { out: resolve(out) }),
    ...(timeout === undefined ? {} : { timeout }),
  };
  return { config, folder, force, onNote: messages.note, onProgress: messages.progress };
}

/** The command that brings the output up to date, with the options of this run. */
export function generateCommandLine({ source = [], out, config, project, ...others }: InputArguments): string {
  const given = [
    ...source.flatMap((value) => ['--source', withoutSecrets(value)]),
    ...(out === undefined ? [] : ['--out', out]),
    ...(config === undefined ? [] : ['--config', config]),
    ...(others['env-file'] === undefined ? [] : ['--env-file', others['env-file']]),
    ...(project === undefined ? [] : ['--project', project]),
  ];
  return ['rowsmith generate', ...given].join(' ');
}
