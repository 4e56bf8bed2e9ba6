import type { Kysely } from 'kysely';
import type { DB } from './generated/db.js';
import { type ArticleInsert, insertArticles } from './generated/models/article.js';

/** Rows that are kept in memory at the same time. */
const size = 10_000;

/** Inserts articles as they come from a file or another service: all of them, or none. Gives their number. */
export function loadArticles(db: Kysely<DB>, articles: AsyncIterable<ArticleInsert>): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    let loaded = 0;
    let batch: ArticleInsert[] = [];
    const write = async () => {
      await insertArticles(transaction, batch, []);
      loaded += batch.length;
      batch = [];
    };
    for await (const article of articles) {
      batch.push(article);
      if (batch.length === size) await write();
    }
    await write();
    return loaded;
  });
}
