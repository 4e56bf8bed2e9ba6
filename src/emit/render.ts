import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from '../../vendor/handlebars.cjs';
import { didYouMean, RowsmithError } from '../errors.js';

/** Renders a template by its name, `model.ts`, with a context of finished spellings. */
export type Render = (template: string, context: object) => string;

const ownFolder = fileURLToPath(new URL('../../templates', import.meta.url));

/**
 * The one renderer. Templates place text and decide nothing; an isolated Handlebars makes their mistakes loud: an unknown
 * name throws (`strict`), and so does an `each` over what is no array or an `if` on what is no boolean, which Handlebars
 * itself passes over in silence. `userFolder` holds templates that replace rowsmith's by name.
 */
export function createRenderer(userFolder?: string): Render {
  const handlebars = Handlebars.create();
  registerStrictHelpers(handlebars);
  const sources = new Map(readTemplates(ownFolder));
  if (userFolder !== undefined) override(sources, userFolder);
  // Frames for @index and the like cost a tenth of the rendering: they are made where some template asks for them.
  const data = [...sources.values()].some((source) => /\{\{[^}]*@/.test(source));
  const options = { data, noEscape: true, strict: true, knownHelpersOnly: true, knownHelpers: { each: true, if: true, unless: true } };
  const templates = new Map<string, Handlebars.TemplateDelegate>();
  for (const [name, source] of sources) {
    const template = handlebars.compile(source, options);
    templates.set(name, template);
    handlebars.registerPartial(name, template);
  }
  return (name, context) => {
    const template = templates.get(name);
    if (!template) throw new Error(`There is no template ${name}.`);
    try {
      return joined(template(context));
    } catch (error) {
      throw new RowsmithError('template-failed', `The template ${name}.hbs failed: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}`, 'Its context is described in docs/templates.md.', { cause: error });
    }
  };
}

/** Handlebars gives a text as a tree of pieces. Looking at a character makes it one string, and lets the pieces go. */
function joined(text: string): string {
  text.charCodeAt(0);
  return text;
}

function readTemplates(folder: string): [name: string, source: string][] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.hbs'))
    .sort()
    .map((file) => [file.slice(0, -'.hbs'.length), readFileSync(join(folder, file), 'utf8')]);
}

function override(sources: Map<string, string>, folder: string): void {
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
}

function registerStrictHelpers(handlebars: typeof Handlebars): void {
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
