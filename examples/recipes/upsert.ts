import type { Kysely } from 'kysely';
import type { DB } from './generated/db.js';
import { type ArticleInsert, toArticleInsert, upsertArticle } from './generated/models/article.js';

/** Writes an article under its slug: a new one, or what is given to the one that has it. */
export function saveArticle(db: Kysely<DB>, article: ArticleInsert) {
  return upsertArticle(db, article, { on: 'slug' });
}

/** Writes an article unless its slug is taken, and tells whether it has. */
export async function addUnlessThere(db: Kysely<DB>, article: ArticleInsert): Promise<boolean> {
  const added = await db
    .insertInto('articles')
    .values(toArticleInsert(article))
    .onConflict((on) => on.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}
