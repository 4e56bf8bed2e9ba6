import { defineConfig } from 'rowsmith';

/** When somebody last commented on the article, or when it was written. */
const activeAt = `coalesce((select max(c.written_at) from comments c where c.article_id = t.id), t.created_at)`;

export default defineConfig({
  source: { sql: 'schema.sql' },
  types: { infinity: false, nullElements: false },
  models: {
    '*': { filled: { updated_at: { update: 'now' } } },
    articles: {
      filled: { lock_version: 'database' },
      state: {
        transitions: 'article_transitions',
        initial: 'draft',
        graph: { draft: ['review'], review: ['draft', 'published'], published: [] },
      },
      json: { metadata: './metadata#Metadata' },
      computed: {
        isDeleted: { sql: 't.deleted_at is not null' },
        activeAt: { sql: activeAt },
        activeAtText: { sql: `${activeAt}::text`, comment: 'All digits of it: a `Date` has no microseconds.' },
      },
    },
    current_articles: { json: { metadata: './metadata#Metadata' } },
    article_transitions: { filled: { actor: { insert: { sql: "current_setting('app.user')" } } } },
  },
});
