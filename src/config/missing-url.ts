import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { RowsmithError } from '../errors.js';
import { askedVariables, environmentFiles } from './environment.js';
import { configFileNames } from './load.js';

/**
 * The error for a database without a URL: which variable the config reads, and which files rowsmith looked at.
 * `isNamed`: the config has a source, but its URL is undefined.
 */
export function missingUrl(folder: string, isNamed: boolean): RowsmithError {
  const files = environmentFiles(folder).map((file) => {
    const shown = (relative(process.cwd(), file) || file).replaceAll('\\', '/');
    return existsSync(file) ? shown : `${shown} (not there)`;
  });
  const looked = `Looked for it in the environment and in ${files.join(', ')}.`;
  if (!isNamed)
    return new RowsmithError(
      'source-missing',
      'There is no schema to read: no config sets a source, and DATABASE_URL is not set.',
      `Pass --source <postgres://… | file.sql | folder | catalog.json>, or write a rowsmith.config.ts. ${looked}`,
    );
  const names = askedNames(folder);
  const asked = names.length > 0 ? `The config uses ${names.map((name) => `process.env.${name}`).join(', ')}. ` : '';
  return new RowsmithError(
    'source-missing',
    'There is no schema to read: source.url is undefined.',
    `${asked}${looked}`,
  );
}

/** The variables that the config of a folder reads and that are not set. */
function askedNames(folder: string): readonly string[] {
  const file = configFileNames.map((name) => join(folder, name)).find((path) => existsSync(path));
  const { names } = askedVariables(file === undefined ? '' : readFileSync(file, 'utf8'));
  return names.filter((name) => process.env[name] === undefined);
}
