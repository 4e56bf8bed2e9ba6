import { defineConfig } from 'rowsmith';

const stepCount: string = '(select count(*) from steps s where s.task_id = t.id)::int';

export default defineConfig({
  source: { sql: 'schema.sql' },
  driver: 'pglite',
  models: { tasks: { computed: { stepCount: { sql: stepCount } } } },
});
