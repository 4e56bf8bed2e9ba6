import { defineConfig } from 'rowsmith';

export default defineConfig({
  types: { timestamps: 'local', infinity: false, nullElements: false },
  models: {
    '*': { filled: { created_at: { insert: 'now' }, updated_at: { insert: 'now', update: 'now' } } },
    items: {
      filled: { created_by: { insert: { sql: "coalesce(current_setting('app.user', true), 'nobody')" } }, search: 'database' },
      computed: {
        alike: { sql: '(select count(*) from items i where i.mood = t.mood)' },
        label: { code: './label#label', needs: ['itemId', 'title'] },
      },
    },
    item_parts: { alias: { attempts: { as: 'retryCount', default: 0 }, retry_limit: 'maxRetries' } },
    tickets: { computed: { events: { sql: '(select count(*) from ticket_events e where e.ticket_id = t.id)' } } },
  },
});
