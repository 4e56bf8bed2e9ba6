import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime.js';
import type { Templates } from './templates.js';

/** What the runtime has of Handlebars; its own types say nothing. */
type Runtime = Pick<typeof Handlebars, 'create' | 'template' | 'helpers' | 'registerHelper' | 'registerPartial'>;

/** Runs what the build compiled of rowsmith's own templates, with the part of Handlebars that knows no syntax. */
export function runTemplates(specifications: Readonly<Record<string, TemplateSpecification>>): Templates {
  const handlebars = (runtime as unknown as Runtime).create();
  const templates = Object.entries(specifications).map(
    ([name, specification]) => [name, handlebars.template<object>(specification)] as const,
  );
  return connected(handlebars, templates);
}

/** Templates that know each other as partials, in an instance of Handlebars of their own, whose helpers are strict. */
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
 * An `each` over what is no array and an `if` on what is no boolean throw, which Handlebars itself passes over in
 * silence.
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
