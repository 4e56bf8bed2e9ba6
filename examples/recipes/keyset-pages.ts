import { type Kysely, sql } from 'kysely';
import type { DB } from './generated/db.js';
import { readArticles } from './generated/models/article.js';

/** The last row of a page, for a link to the next one. */
export interface Cursor {
  readonly activeAtText: string;
  readonly id: string;
}

/** The articles that were active last, from a cursor on. */
export async function activeArticles(db: Kysely<DB>, size: number, after?: Cursor) {
  const articles = await readArticles(db, ['id', 'title', 'activeAtText'], (query) =>
    query
      .$if(after !== undefined, (rest) =>
        rest.where((eb) => {
          const last = eb.tuple(sql<Date>`${after?.activeAtText}::text::timestamptz`, eb.val(after?.id ?? ''));
          return eb(eb.refTuple('article.activeAt', 'article.id'), '<', last);
        }),
      )
      .orderBy('article.activeAt', 'desc')
      .orderBy('article.id', 'desc')
      .limit(size),
  );
  return { articles, next: articles.length < size ? undefined : articles.at(-1) };
}
