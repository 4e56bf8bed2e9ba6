import { didYouMean, RowsmithError } from '../errors.js';
import type { Config } from './config.js';

/**
 * The config of each output: one for each project, which inherits what it does not set from the top level; without
 * projects, the config itself.
 */
export function outputsOf({ projects, ...shared }: Config): readonly Config[] {
  return projects?.map(({ name: _, ...own }) => ({ ...shared, ...own })) ?? [shared];
}

/** The config of the named project. */
export function projectConfig(config: Config, name: string): Config {
  const { projects = [] } = config;
  const index = projects.findIndex((project) => project.name === name);
  const found = outputsOf(config)[index];
  if (found) return found;
  const names = projects.map((project) => project.name);
  throw new RowsmithError(
    'project-unknown',
    `The config has no project "${name}".`,
    didYouMean(name, names) ??
      (names.length > 0 ? `Its projects are: ${names.join(', ')}.` : 'Name it under "projects".'),
  );
}

/** The config of a command that has only one output. Throws if the config has several. */
export function onlyOutput(config: Config): Config {
  if (!config.projects) return config;
  const names = config.projects.map(({ name }) => name);
  throw new RowsmithError(
    'project-unknown',
    'The config has several projects; select one.',
    `Select it with --project: ${names.join(', ')}.`,
  );
}
