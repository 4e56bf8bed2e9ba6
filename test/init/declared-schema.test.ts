import { expect, test } from '@jest/globals';
import { findDeclaredSchema } from '../../src/init/declared-schema.js';
import { project } from './project.js';

const drizzle = (options: string) => ({ 'drizzle.config.ts': `export default defineConfig({ ${options} })` });

test.each([
  ['nothing', { 'package.json': '{}' }, []],
  ["Prisma's schema", { 'prisma/schema.prisma': 'model A {}' }, ['prisma/**/*.prisma']],
  ["Drizzle's", drizzle("dialect: 'postgresql', schema: './src/db/schema.ts'"), ['src/db/schema.ts']],
  ["Drizzle's for another database", drizzle("dialect: 'sqlite', schema: './src/db/schema.ts'"), []],
  ["Diesel's, with its models", { 'diesel.toml': '', 'src/schema.rs': '' }, ['src/**/*.rs']],
  ['Diesel without code', { 'diesel.toml': '' }, []],
  [
    'several',
    { 'prisma/schema.prisma': 'model A {}', ...drizzle("schema: 'db/schema'") },
    ['prisma/**/*.prisma', 'db/schema'],
  ],
])('what declares tables beside the migrations: %s', async (_, files, want) => {
  expect(await findDeclaredSchema(project(files as Readonly<Record<string, string>>).folder)).toEqual(want);
});
