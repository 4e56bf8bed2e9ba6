import Handlebars from 'handlebars';
import { flag, list } from './template-values.js';
import type { Templates, TemplateSources } from './templates.js';

/** With Handlebars' compiler, in an instance of their own: the templates know each other as partials, and their helpers are strict. */
export function compileTemplates(sources: TemplateSources): Templates {
  const handlebars = Handlebars.create();
  registerStrictHelpers(handlebars);
  const options = compileOptions(sources);
  const templates = new Map([...sources].map(([name, source]) => [name, handlebars.compile<object>(source, options)]));
  for (const [name, template] of templates) handlebars.registerPartial(name, template);
  return templates;
}

/** How the sources are compiled: an unknown name throws, and text is placed as it is. */
function compileOptions(sources: TemplateSources) {
  // Frames for @index and the like cost a tenth of the rendering: they are made where some template asks for them.
  const data = [...sources.values()].some((source) => /\{\{[^}]*@/.test(source));
  return { data, noEscape: true, strict: true, knownHelpersOnly: true, knownHelpers: { each: true, if: true, unless: true } };
}

/** An `each` over what is no array and an `if` on what is no boolean throw, which Handlebars itself passes over in silence. */
function registerStrictHelpers(handlebars: typeof Handlebars): void {
  const builtIn = { ...handlebars.helpers } as Record<string, (this: unknown, value: unknown, options: unknown) => unknown>;
  const strict = (name: string, check: (value: unknown, helper: string) => unknown) => {
    handlebars.registerHelper(name, function (this: unknown, value: unknown, options: unknown) {
      check(value, name);
      return builtIn[name]?.call(this, value, options);
    });
  };
  strict('each', list);
  strict('if', flag);
  strict('unless', flag);
}
