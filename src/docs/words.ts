import type { DocsPage, RelatedEntry, StoredEntry } from './page.js';

/** A number with its noun: `1 model`, `1,000 models`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${String(number).replace(/\B(?=(\d{3})+$)/g, ',')} ${number === 1 ? singular : plural}`;
}

/** The page in one line: `2 models, 9 stored fields, 1 computed field, 1 foreign key`. */
export function summary({ models, links }: DocsPage): string {
  const sum = (of: (model: DocsPage['models'][number]) => number) =>
    models.reduce((total, model) => total + of(model), 0);
  return [
    count(models.length, 'model'),
    count(
      sum(({ stored }) => stored.length),
      'stored field',
    ),
    count(
      sum(({ computed }) => computed.length),
      'computed field',
    ),
    count(links.length, 'foreign key'),
  ].join(', ');
}

/** Words for how a field is written; none for the usual case, a field that may be written or left out. */
export const writeWords: { readonly [Writes in StoredEntry['writes']]: string | undefined } = {
  required: 'required',
  optional: undefined,
  'insert only': 'insert only',
  'update only': 'update only',
  'read only': 'read only',
};

export const countWords: { readonly [Count in RelatedEntry['count']]: string } = {
  one: 'one',
  'one or none': 'one or none',
  many: 'many',
};
