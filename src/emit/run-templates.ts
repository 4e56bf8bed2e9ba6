import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime.js';
import type { Templates } from './templates.js';

/** The parts of Handlebars that its runtime has; its own types do not declare them. */
type Runtime = Pick<typeof Handlebars, 'create' | 'template' | 'helpers' | 'registerHelper' | 'registerPartial'>;

/** Runs rowsmith's own templates, compiled by the build, with the part of Handlebars that has no parser. */
export function runTemplates(specifications: Readonly<Record<string, TemplateSpecification>>): Templates {
  const handlebars = (runtime as unknown as Runtime).create();
  const templates = Object.entries(specifications).map(
    ([name, specification]) => [name, handlebars.template<object>(specification)] as const,
  );
  return connected(handlebars, templates);
}

/** Templates that can use each other as partials, in their own instance of Handlebars, whose helpers are strict. */
export function connected(
  handlebars: Runtime,
  templates: Iterable<readonly [string, HandlebarsTemplateDelegate<object>]>,
): Templates {
  registerStrictHelpers(handlebars);
  const named = new Map(templates);
  for (const [name, template] of named) handlebars.registerPartial(name, template);
  return named;
}

/**
 * Makes `each` over a value that is not an array, and `if` on one that is not a boolean, throw; Handlebars itself
 * ignores both.
 */
function registerStrictHelpers(handlebars: Runtime): void {
  const builtIn = { ...handlebars.helpers } as Record<
    string,
    (this: unknown, value: unknown, options: unknown) => unknown
  >;
  const strict = (name: string, expected: string, isRight: (value: unknown) => boolean) => {
    handlebars.registerHelper(name, function (this: unknown, value: unknown, options: unknown) {
      if (!isRight(value)) throw new TypeError(`{{#${name}}} needs ${expected}, got ${typeof value}`);
      return builtIn[name]?.call(this, value, options);
    });
  };
  strict('each', 'an array', Array.isArray);
  strict('if', 'a boolean', (value) => typeof value === 'boolean');
  strict('unless', 'a boolean', (value) => typeof value === 'boolean');
}
