import Handlebars from 'handlebars';
import { connected } from './run-templates.js';
import type { TemplateSources, Templates } from './templates.js';

/** Templates from their text, with Handlebars' compiler. Only those of users are compiled while rowsmith runs. */
export function compileTemplates(sources: TemplateSources): Templates {
  const handlebars = Handlebars.create();
  const options = compileOptions(sources);
  return connected(
    handlebars,
    [...sources].map(([name, source]) => [name, handlebars.compile<object>(source, options)]),
  );
}

/** The same as JavaScript, for the build: an object of what `runTemplates` takes. */
export function precompiled(sources: TemplateSources): string {
  const options = compileOptions(sources);
  const entries = [...sources].map(
    ([name, source]) => `${JSON.stringify(name)}: ${String(Handlebars.precompile(source, options))}`,
  );
  return `{\n${entries.join(',\n')}\n}`;
}

/** How the sources are compiled: an unknown name throws, and text is placed as it is. */
function compileOptions(sources: TemplateSources) {
  // Frames for @index and the like cost a tenth of the rendering: they are made where some template asks for them.
  const data = [...sources.values()].some((source) => /\{\{[^}]*@/.test(source));
  return {
    data,
    noEscape: true,
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: { each: true, if: true, unless: true },
  };
}
