import { RowsmithError } from '../errors.js';
import type { TemplateSources } from './templates.js';

/** Renders a template by its name, `model.ts`, with a context of finished spellings. */
export type Render = (template: string, context: object) => string;

/**
 * Creates the only renderer. Templates place text and decide nothing. `sources` are all templates, if users replaced
 * some; without it, rowsmith's own are used.
 */
export async function createRenderer(sources?: TemplateSources): Promise<Render> {
  const templates =
    sources === undefined
      ? (await import('./own-templates.js')).ownTemplates()
      : (await import('./compile-templates.js')).compileTemplates(sources);
  return (name, context) => {
    const template = templates.get(name);
    if (!template) throw new Error(`There is no template ${name}.`);
    try {
      return joined(template(context));
    } catch (error) {
      throw new RowsmithError(
        'template-failed',
        `The template ${name}.hbs failed: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}`,
        'Its context is described in docs/templates.md.',
        { cause: error },
      );
    }
  };
}

/**
 * Handlebars returns a text as a tree of pieces. Reading a character flattens it to one string and releases the pieces.
 */
function joined(text: string): string {
  text.charCodeAt(0);
  return text;
}
