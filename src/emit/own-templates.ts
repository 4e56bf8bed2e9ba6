import { compileTemplates } from './compile-templates.js';
import { ownSources, type Templates } from './templates.js';

/**
 * rowsmith's own templates, compiled here where the sources run. In place of this module a build has one that holds
 * them compiled: `rolldown.config.ts`.
 */
export function ownTemplates(): Templates {
  return compileTemplates(ownSources());
}
