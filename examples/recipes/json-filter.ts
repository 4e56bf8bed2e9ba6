import { type Kysely, sql } from 'kysely';
import type { DB } from './generated/db.js';
import { readArticles } from './generated/models/article.js';
import type { Metadata } from './metadata.js';

/** Articles whose metadata contains all of these: an index on the column answers that. */
export function articlesWith(db: Kysely<DB>, wanted: Metadata) {
  return readArticles(db, (query) =>
    query
      .where((eb) => sql<boolean>`${eb.ref('article.metadata')} @> ${JSON.stringify(wanted)}::text::jsonb`)
      .orderBy('article.id'),
  );
}

/** Articles with at least this rating: one value of the JSON, compared as a number. */
export function articlesRated(db: Kysely<DB>, rating: number) {
  return readArticles(db, (query) =>
    query
      .where((eb) => eb(eb.cast<number>(eb.ref('article.metadata', '->>').key('rating'), 'numeric'), '>=', rating))
      .orderBy('article.id'),
  );
}
