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
      `has another name: ${words[kind]} ${before} is ${after}`,
      `code that names ${before} does not compile`,
    ),
  'name-reused': ({ kind, name, before, after }) =>
    breaking(
      all,
      `has a name that was another's: ${words[kind]} ${name} is of ${after}, and was of ${before}`,
      `code that names ${name} may compile, and means another thing`,
    ),
  'name-removed': ({ kind, name }) =>
    breaking(all, `lost ${words[kind]} ${name}`, `code that names ${name} does not compile`),
};
