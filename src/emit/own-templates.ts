import { compileTemplates } from './compile-templates.js';
import { ownSources, type Templates } from './templates.js';

/**
 * rowsmith's own templates, compiled here if rowsmith runs from its sources. A build replaces this module with one that
 * contains them compiled: `rolldown.config.ts`.
 */
export function ownTemplates(): Templates {
  return compileTemplates(ownSources());
}
