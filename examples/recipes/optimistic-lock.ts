import type { Kysely } from 'kysely';
import type { DB } from './generated/db.js';
import { type Article, type ArticleUpdate, returningArticle, toArticleUpdate } from './generated/models/article.js';

/** Somebody has changed the article since it was read. */
export class ArticleChanged extends Error {
  override readonly name = 'ArticleChanged';
}

/** Changes an article as somebody has seen it. */
export async function changeSeen(db: Kysely<DB>, seen: Pick<Article, 'id' | 'lockVersion'>, changes: ArticleUpdate) {
  const changed = await db
    .updateTable('articles')
    .set(toArticleUpdate(changes))
    .where('id', '=', seen.id)
    .where('lock_version', '=', seen.lockVersion)
    .returning(returningArticle('id', 'title', 'lockVersion'))
    .executeTakeFirst();
  if (changed) return changed;
  throw new ArticleChanged(`Article ${seen.id} is no longer what it was. Read it again.`);
}
