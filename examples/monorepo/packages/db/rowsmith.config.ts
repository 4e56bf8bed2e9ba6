import { defineConfig } from 'rowsmith';

export default defineConfig({
  source: { sql: 'schema' },
  models: {
    orders: { computed: { itemCount: { sql: '(select count(*) from order_items i where i.order_id = t.id)' } } },
  },
  // One schema, read once; the app that sells sees nothing of the accounts.
  projects: [
    { name: 'shop', out: 'generated/shop', include: ['customers', 'orders', 'order_items'] },
    { name: 'ledger', out: 'generated/ledger', include: ['ledger_*'] },
  ],
});
