import { defineConfig } from 'rowsmith';
import { zodSchemas } from 'rowsmith/zod';

export default defineConfig({
  models: { people: { computed: { isAdult: { sql: 't.age >= 18' } } } },
  plugins: [zodSchemas()],
});
