import { RowsmithError } from '../errors.js';
import type { TemplateSources } from './templates.js';

/** Renders a template by its name, `model.ts`, with a context of finished spellings. */
export type Render = (template: string, context: object) => string;

/**
 * The one renderer. Templates place text and decide nothing. `sources` are all templates, where users replaced some;
 * without them it renders rowsmith's own.
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

/** Handlebars gives a text as a tree of pieces. Looking at a character makes it one string, and lets the pieces go. */
function joined(text: string): string {
  text.charCodeAt(0);
  return text;
}
