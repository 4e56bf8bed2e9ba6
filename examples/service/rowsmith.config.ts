import { defineConfig } from 'rowsmith';

export default defineConfig({
  source: { sql: 'schema.sql' },
  types: { infinity: false, nullElements: false },
  // The program uses Kysely's CamelCasePlugin.
  tables: { camelCase: true },
  models: {
    '*': { filled: { updated_at: { update: 'now' } } },
    orders: {
      state: {
        transitions: 'order_transitions',
        initial: 'draft',
        graph: {
          draft: ['paid', 'cancelled'],
          paid: ['sent', 'cancelled'],
          sent: ['delivered'],
          delivered: [],
          cancelled: [],
        },
      },
      json: { address: './service#Address' },
      computed: {
        total: {
          sql: 'coalesce((select sum(l.quantity * l.unit_price) from order_lines l where l.order_id = t.id), 0)',
        },
        labels: {
          sql: `array(select l.name from order_labels o join labels l on l.id = o.label_id where o.order_id = t.id order by l.name)`,
        },
      },
    },
    tasks: {
      state: {
        column: 'status',
        initial: 'queued',
        graph: { queued: ['running'], running: ['done', 'failed', 'queued'], done: [], failed: [] },
      },
      json: { payload: './service#Payload' },
    },
  },
});
