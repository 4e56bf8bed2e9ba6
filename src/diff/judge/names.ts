import type { GeneratedName } from '../side.js';
import { all, breaking, type Judges } from './judgement.js';

/** What a name is of, as people call it. */
const words: { readonly [K in GeneratedName['kind']]: string } = {
  model: 'the model',
  'relation function': 'the relation function',
  table: "the table's interface",
  field: 'the field',
  states: 'the union of states',
  relation: 'the relation',
  type: 'the type',
  caller: 'the caller',
};

export const nameJudges: Judges<'name'> = {
  'name-changed': ({ kind, before, after }) =>
    breaking(
      all,
      `has a new name: ${words[kind]} ${before} is now ${after}`,
      `code that uses ${before} does not compile`,
    ),
  'name-reused': ({ kind, name, before, after }) =>
    breaking(
      all,
      `took over a name: ${words[kind]} ${name} now belongs to ${after}, and belonged to ${before}`,
      `code that uses ${name} may compile, but means something else`,
    ),
  'name-removed': ({ kind, name }) =>
    breaking(all, `lost ${words[kind]} ${name}`, `code that uses ${name} does not compile`),
};
