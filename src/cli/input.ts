import { resolve } from 'node:path';
import { RowsmithError } from '../errors.js';
import { loadConfig, noConfig, parseSource, projectConfig, type GenerateOptions, type LoadedConfig, type Progress } from '../index.js';
import type { Messages } from './messages.js';
import { withoutSecrets } from './redact.js';
import { collectWhatWasRead } from './collect.js';
import { workFor } from './tuning.js';

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
export const timeoutOption = { type: 'number', requiresArg: true, describe: 'Seconds to read a live database in [60], or SQL files [600]' } as const;

export const silentOption = { type: 'boolean', describe: 'Print nothing but errors, and what --json, --format or --out asks for' } as const;

export const inputOptions = {
  source: { type: 'string', array: true, requiresArg: true, describe: 'Database URL, SQL files or folders, or a catalog.json [DATABASE_URL]' },
  out: { type: 'string', requiresArg: true, describe: 'Output folder [generated]' },
  config: { type: 'string', requiresArg: true, describe: 'Config file [rowsmith.config.*]' },
  project: projectOption,
  timeout: timeoutOption,
} as const;

/** The options that `generate` and `check` take besides. */
export const outputOptions = {
  json: { type: 'boolean', describe: 'Print the result as JSON' },
  silent: silentOption,
} as const;

/** The config with what the command line says instead. */
export async function readInput(args: InputArguments, messages: Messages): Promise<GenerateOptions> {
  refuseMeaningless(args);
  return withArguments(args, (await loadConfig(args.config)) ?? (await noConfig()), messages);
}

export function refuseMeaningless({ out, timeout }: InputArguments): void {
  if (out === '') throw new RowsmithError('config-invalid', '--out names no folder.', 'Write --out . for the working directory.');
  if (timeout !== undefined && !(timeout > 0)) throw new RowsmithError('config-invalid', '--timeout is no number of seconds above 0.');
}

/** Paths of the command line start from the working directory. */
export function withArguments({ source, out, project, timeout }: InputArguments, { config: loaded, folder, origin }: LoadedConfig, messages: Messages): GenerateOptions {
  if (out !== undefined && loaded.projects && project === undefined) throw new RowsmithError('project-unknown', '--out names one folder, and the config has several projects.', 'Choose one with --project.');
  const config = {
    ...(project === undefined ? loaded : projectConfig(loaded, project)),
    ...(source && source.length > 0 ? { source: parseSource(source) } : {}),
    ...(out === undefined ? {} : { out: resolve(out) }),
    ...(timeout === undefined ? {} : { timeout }),
  };
  const onProgress = (progress: Progress) => {
    // Nothing to show: it may be told when the next stage has begun.
    if (progress.columns !== undefined) return workFor(progress.columns);
    if (progress.stage === 'render') collectWhatWasRead();
    messages.progress(progress);
  };
  return { config, folder, ...(origin ? { origin } : {}), onNote: messages.note, onProgress };
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
