import { defineConfig } from 'rowsmith';

export default defineConfig({
  source: { sql: 'schema.sql' },
  // The shop stores no infinite timestamps, which would read as `Date | number`, and no nulls in arrays.
  types: { infinity: false, nullElements: false },
  models: {
    orders: {
      state: {
        transitions: 'order_transitions',
        initial: 'placed',
        graph: { placed: ['packed'], packed: ['sent'], sent: ['delivered'], delivered: [] },
      },
      computed: {
        itemCount: {
          sql: '(select coalesce(sum(i.quantity), 0)::int from order_items i where i.order_id = t.id)',
          comment: 'How many items the order has.',
        },
      },
    },
  },
});
