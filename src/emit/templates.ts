import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { didYouMean, RowsmithError } from '../errors.js';
import { packageFile } from '../package-file.js';

/** The text of each template by its name, `model.ts`. */
export type TemplateSources = ReadonlyMap<string, string>;

/** Templates that can be run. */
export type Templates = ReadonlyMap<string, (context: object) => string>;

export function ownSources(): TemplateSources {
  return new Map(readTemplates(packageFile('templates')));
}

/**
 * rowsmith's own templates, replaced by those of the folder that have the same name. What a user's template places can
 * be wrong, so the compiler then checks all files.
 */
export function userSources(folder: string): TemplateSources {
  const sources = new Map(ownSources());
  let templates: [string, string][];
  try {
    templates = readTemplates(folder);
  } catch {
    throw new RowsmithError(
      'template-unknown',
      `The template folder ${folder} cannot be read.`,
      'Check "templates" in the config.',
    );
  }
  for (const [name, source] of templates) {
    if (!sources.has(name)) {
      throw new RowsmithError(
        'template-unknown',
        `${join(folder, name)}.hbs does not replace any of rowsmith's templates.`,
        didYouMean(name, sources.keys()) ?? `There are: ${[...sources.keys()].join(', ')}.`,
      );
    }
    sources.set(name, source);
  }
  const placesCode = ([name]: readonly [string, string]) => name !== 'header' && !name.startsWith('docs.');
  if (templates.some(placesCode) && !templates.some(([name]) => name === 'no-check')) sources.set('no-check', '');
  return sources;
}

function readTemplates(folder: string): [name: string, source: string][] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.hbs'))
    .sort()
    .map((file) => [file.slice(0, -'.hbs'.length), readFileSync(join(folder, file), 'utf8')]);
}
