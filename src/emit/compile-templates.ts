import Handlebars from 'handlebars';
import { compileOptions, linkTemplates, type Templates, type TemplateSources } from './templates.js';

/** With Handlebars' compiler, in an instance of their own. */
export function compileTemplates(sources: TemplateSources): Templates {
  const handlebars = Handlebars.create();
  const options = compileOptions(sources);
  return linkTemplates(handlebars, new Map([...sources].map(([name, source]) => [name, handlebars.compile(source, options)])));
}
