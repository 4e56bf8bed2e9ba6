import type { Kysely } from 'kysely';
import type { DB } from './generated/db.js';
import { type ArticleInsert, insertArticle } from './generated/models/article.js';
import {
  insertOutboxMessage,
  type OutboxMessage,
  readOutboxMessages,
  updateOutboxMessage,
} from './generated/models/outbox-message.js';

/** Writes an article, and the message that tells about it: both, or neither. */
export function addArticle(db: Kysely<DB>, values: ArticleInsert) {
  return db.transaction().execute(async (transaction) => {
    const article = await insertArticle(transaction, values);
    await insertOutboxMessage(transaction, { topic: 'article added', payload: { id: article.id } }, []);
    return article;
  });
}

/**
 * Sends the next message, and tells whether there was one. Its row is locked until it is marked, so that several
 * programs can send. A program that dies in between sends it again: receivers know it by its id.
 */
export function sendNext(db: Kysely<DB>, send: (message: OutboxMessage) => Promise<void>): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const [message] = await readOutboxMessages(transaction, (query) =>
      query.where('outboxMessage.sentAt', 'is', null).orderBy('outboxMessage.id').limit(1).forUpdate().skipLocked(),
    );
    if (!message) return false;
    await send(message);
    await updateOutboxMessage(transaction, message.id, { sentAt: new Date() }, []);
    return true;
  });
}
