import { compileTemplates } from './compile-templates.js';
import { ownSources, type Templates } from './templates.js';

/** In place of this module a build has one that holds the templates compiled, and loads no compiler: `scripts/build.ts`. */
export function ownTemplates(): Templates {
  return compileTemplates(ownSources());
}
