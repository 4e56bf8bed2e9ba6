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

/** Rows per statement: each value is a parameter here, and PostgreSQL takes 65,535 of them. */
const size = 5_000;

/** Writes any number of articles under their slugs: all of them, or none. A slug may occur only once in a batch. */
export async function saveArticles(db: Kysely<DB>, articles: readonly ArticleInsert[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    for (let start = 0; start < articles.length; start += size) {
      await transaction
        .insertInto('articles')
        .values(articles.slice(start, start + size).map(toArticleInsert))
        .onConflict((on) =>
          on.column('slug').doUpdateSet((eb) => ({
            title: eb.ref('excluded.title'),
            metadata: eb.ref('excluded.metadata'),
            updated_at: eb.ref('excluded.updated_at'),
          })),
        )
        .execute();
    }
  });
}
