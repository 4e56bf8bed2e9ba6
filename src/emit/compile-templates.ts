import Handlebars from 'handlebars';
import { connected } from './run-templates.js';
import type { TemplateSources, Templates } from './templates.js';

/** Compiles templates from their text with Handlebars' compiler. At run time, only users' templates are compiled. */
export function compileTemplates(sources: TemplateSources): Templates {
  const handlebars = Handlebars.create();
  const options = compileOptions(sources);
  return connected(
    handlebars,
    [...sources].map(([name, source]) => [name, handlebars.compile<object>(source, options)]),
  );
}

/** The same as JavaScript, for the build: an object that `runTemplates` takes. */
export function precompiled(sources: TemplateSources): string {
  const options = compileOptions(sources);
  const entries = [...sources].map(
    ([name, source]) => `${JSON.stringify(name)}: ${String(Handlebars.precompile(source, options))}`,
  );
  return `{\n${entries.join(',\n')}\n}`;
}

/** How the sources are compiled: an unknown name throws, and text is not escaped. */
function compileOptions(sources: TemplateSources) {
  // Data frames for @index and the like take a tenth of the rendering time, so they are made only if a template needs
  // them.
  const data = [...sources.values()].some((source) => /\{\{[^}]*@/.test(source));
  return {
    data,
    noEscape: true,
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: { each: true, if: true, unless: true },
  };
}
