import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB } from './generated/db.js';
import {
  type ArticleState,
  articleRelations,
  findArticle,
  transitionArticle,
  withRelated,
} from './generated/relations/article.js';

/** Runs what a user asks for: the database knows who it is until the transaction ends. */
export function as<Result>(db: Kysely<DB>, user: string, run: (db: Transaction<DB>) => Promise<Result>) {
  return db.transaction().execute(async (transaction) => {
    await sql`select set_config('app.user', ${user}, true)`.execute(transaction);
    return run(transaction);
  });
}

export function changeState(db: Kysely<DB>, user: string, id: string, to: ArticleState) {
  return as(db, user, (transaction) => transitionArticle(transaction, id, to));
}

/** Who changed the state of an article to what, and when. */
export async function history(db: Kysely<DB>, id: string) {
  const article = await findArticle(db, id, ['id']);
  const [found] = await withRelated(db, article ? [article] : [], {
    changes: articleRelations.articleTransitions.with({
      fields: ['actor', 'toState', 'createdAt'],
      orderBy: { id: 'asc' },
    }),
  });
  return found?.changes ?? [];
}
