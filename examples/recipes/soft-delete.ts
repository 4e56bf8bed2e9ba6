import type { Kysely } from 'kysely';
import type { DB } from './generated/db.js';
import { readArticles, updateArticle } from './generated/models/article.js';
import { readCurrentArticles } from './generated/models/current-article.js';

/** Deletes an article so that it can be restored. Tells whether there was one. */
export async function moveToBin(db: Kysely<DB>, id: string): Promise<boolean> {
  return (await updateArticle(db, id, { deletedAt: new Date() }, ['id'])) !== undefined;
}

export function restore(db: Kysely<DB>, id: string) {
  return updateArticle(db, id, { deletedAt: null });
}

/** What is not in the bin: whoever reads the view cannot forget the condition. */
export function currentArticles(db: Kysely<DB>) {
  return readCurrentArticles(db, (query) => query.orderBy('currentArticle.id'));
}

/** Everything, with a field that tells what is in the bin. */
export function allArticles(db: Kysely<DB>) {
  return readArticles(db, ['id', 'title', 'isDeleted'], (query) => query.orderBy('article.id'));
}
