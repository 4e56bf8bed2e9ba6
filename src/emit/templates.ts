import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Handlebars from 'handlebars';
import { didYouMean, RowsmithError } from '../errors.js';

/** The text of each template by its name, `model.ts`. */
export type TemplateSources = ReadonlyMap<string, string>;

/** Templates that can be run: they know each other as partials, and their helpers are strict. */
export type Templates = ReadonlyMap<string, Handlebars.TemplateDelegate>;

/** What runs templates, with or without the compiler. */
type Runtime = Pick<typeof Handlebars, 'helpers' | 'registerHelper' | 'registerPartial'>;

const ownFolder = fileURLToPath(new URL('../../templates', import.meta.url));

export function ownSources(): TemplateSources {
  return new Map(readTemplates(ownFolder));
}

/**
 * rowsmith's own, and in their place those of the folder that have the name of one. What a template of theirs places can be wrong, so
 * that the compiler checks all files then.
 */
export function userSources(folder: string): TemplateSources {
  const sources = new Map(ownSources());
  let templates: [string, string][];
  try {
    templates = readTemplates(folder);
  } catch {
    throw new RowsmithError('template-unknown', `The template folder ${folder} cannot be read.`, 'Check "templates" in the config.');
  }
  for (const [name, source] of templates) {
    if (!sources.has(name)) {
      throw new RowsmithError('template-unknown', `${join(folder, name)}.hbs replaces no template of rowsmith's.`, didYouMean(name, sources.keys()) ?? `There are: ${[...sources.keys()].join(', ')}.`);
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

/** How the sources are compiled: an unknown name throws, and text is placed as it is. */
export function compileOptions(sources: TemplateSources) {
  // Frames for @index and the like cost a tenth of the rendering: they are made where some template asks for them.
  const data = [...sources.values()].some((source) => /\{\{[^}]*@/.test(source));
  return { data, noEscape: true, strict: true, knownHelpersOnly: true, knownHelpers: { each: true, if: true, unless: true } };
}

/** An `each` over what is no array and an `if` on what is no boolean throw, which Handlebars itself passes over in silence. */
export function linkTemplates(handlebars: Runtime, templates: Templates): Templates {
  registerStrictHelpers(handlebars);
  for (const [name, template] of templates) handlebars.registerPartial(name, template);
  return templates;
}

function registerStrictHelpers(handlebars: Runtime): void {
  const builtIn = { ...handlebars.helpers } as Record<string, (this: unknown, value: unknown, options: unknown) => unknown>;
  const strict = (name: string, expected: string, accepts: (value: unknown) => boolean) => {
    handlebars.registerHelper(name, function (this: unknown, value: unknown, options: unknown) {
      if (!accepts(value)) throw new TypeError(`{{#${name}}} needs ${expected}, got ${typeof value}`);
      return builtIn[name]?.call(this, value, options);
    });
  };
  strict('each', 'an array', Array.isArray);
  strict('if', 'a boolean', (value) => typeof value === 'boolean');
  strict('unless', 'a boolean', (value) => typeof value === 'boolean');
}
