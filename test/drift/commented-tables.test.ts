import { describe, expect, test } from '@jest/globals';
import { compare } from '../../src/drift/compare.js';
import { readModels } from '../../src/drift/readers/read.js';
import { noSettings } from '../../src/drift/settings.js';
import { catalogOf, foundInTypeScript, relation } from './support.js';

const users = relation('users', { id: 'int4!', seen: 'timestamptz!' });
const errorsIn = async (text: string) =>
  (await foundInTypeScript(text, [users])).filter((one) => one.startsWith('error'));

describe('a comment before a type', () => {
  const wrong = ['error type-mismatch/users/seen/seen category'];
  const row = 'interface A { id: number; seen: string }';

  test.each([
    ['that calls it the row of a table', `/** A row of the \`users\` table. */ ${row}`, wrong],
    ['about its records', `/** What the API makes of a record in the "users" table. */ ${row}`, wrong],
    ['that names a table in few words', `/** The \`users\` table. */ ${row}`, wrong],
    ['in lines', `// A row of the \`users\` table.\n// It is read by hand.\n${row}`, wrong],
    [
      'about a table whose columns it has',
      `/** How a page shows what comes from the \`users\` table. */ ${row}`,
      wrong,
    ],
    [
      'about a table whose columns it lacks',
      '/** How a page shows what comes from the `users` table. */ interface A { id: number; a: string; b: string }',
      [],
    ],
    ['that is the header of its file', `// Makes a row of the \`users\` table.\n\n${row.replace('id', 'a')}`, []],
    ['that says so, in the header of its file', `// Maps to \`users\`\n\n${row}`, wrong],
    ['of a service', '/** Fills the `users` table. */ class A { private log = 1; b = 2; constructor(x: Db) {} }', []],
    ['about enums', '// `a`/`b` map to the `A`/`B` enum.\ninterface A { a: string }', []],
    ['about a row of a table that is gone', `/** A row of the \`gone\` table. */ ${row}`, ['error unmapped-model/A']],
    ['about a table that is gone', `/** The \`gone\` table. */ ${row}`, ['error unmapped-model/A']],
  ])('%s', async (_, text, want) => {
    expect(await errorsIn(text)).toEqual(want);
  });
});

describe('a type beside the declaration of its table', () => {
  const drizzle = "pgTable('users', { id: integer().notNull(), seen: timestamp({ withTimezone: true }).notNull() });";
  const prisma = 'model User {\nid Int\nseen DateTime @db.Timestamptz\n@@map("users")\n}';
  const type = 'interface User { id: number; seen: string }';
  const wrong = ['type-mismatch/users/seen/seen'];

  test.each([
    ['has it by its name', type, [], wrong],
    ['is a zod object', 'const userSchema = z.object({ id: z.number(), seen: z.string() })', [], wrong],
    ['is mentioned beside it', `/** A row of the \`users\` table. */ ${type.replace('User', 'A')}`, [], wrong],
    ['says so', `/** Maps to \`users\` */ ${type}`, wrong, wrong],
    ['is read', `${type} db.query<User>('SELECT * FROM users')`, wrong, wrong],
  ])('%s', async (_, text, want, alone) => {
    const errorsOf = async (...files: readonly (readonly [string, string])[]) =>
      compare(catalogOf(users), await readModels(files.map(([file, text]) => ({ file, text }))), noSettings)
        .findings.filter(({ severity, rule }) => severity === 'error' && rule !== 'key-mismatch')
        .map(({ id }) => id);
    const pg = "import { pgTable, integer, timestamp } from 'drizzle-orm/pg-core';\n";
    expect(await errorsOf(['a.ts', text], ['b.ts', `${pg}export const users = ${drizzle}`])).toEqual(want);
    expect(await errorsOf(['a.ts', text], ['b.prisma', prisma])).toEqual(want);
    expect(await errorsOf(['a.ts', text], ['b.prisma', prisma.replace('@@map', '@@ignore\n@@map')])).toEqual(alone);
    expect(await errorsOf(['a.ts', text])).toEqual(alone);
  });
});
