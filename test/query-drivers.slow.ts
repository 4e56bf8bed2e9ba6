/**
 * Queries under each driver profile: the statements of the examples run on real rows through the profile's driver, and
 * the compiler holds what comes back against the types of the rows.
 */
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import { toExpression } from '../scripts/matrix/literal.js';
import { openFor, type Profile, profiles } from '../scripts/matrix/run.js';
import { createDatabase } from '../scripts/postgres.js';
import { type Config, generate, loadConfig } from '../src/index.js';
import { typecheck } from './support/compile.js';
import { newestVersion, serverUrl } from './support/postgres.js';
import { readSql, repositoryPath } from './support/repository.js';

interface Example {
  readonly folder: string;
  readonly config: string;
  readonly sql: readonly string[];
  readonly imports: readonly string[];
  /** Calls of queries, in the order in which they run. */
  readonly calls: readonly string[];
}

const examples: readonly Example[] = [
  {
    folder: 'examples/tasker',
    config: 'rowsmith.config.ts',
    sql: ['schema.sql', 'functions.sql', 'rows.sql'],
    imports: ['queries/annotations', 'queries/reports', 'queries/steps'],
    calls: [
      'namespaceReport(db)',
      "namespaceReport(db, { since: '2025-06-02T14:30:00Z' })",
      'readySteps(db, { taskId: 2 })',
      "addEdges(db, { name: 'before', fromStepIds: [5, '11'], toStepIds: [6, '12'] })",
      "putAnnotationType(db, { name: 'ticket', description: 'Of the help desk' })",
      "putAnnotationType(db, { name: 'other' })",
    ],
  },
  {
    folder: 'test/cases/queries',
    config: 'rowsmith.config.json',
    sql: ['schema.sql'],
    imports: ['sql/tickets', 'sql/reports/chains', 'sql/reports/audits'],
    calls: [
      "putPerson(db, { nick: 'ada', email: 'ada@example.org', mood: null, prefs: { theme: ['dark'] } })",
      "putPerson(db, { nick: 'ada', email: 'a@example.org', mood: 'cross', prefs: [1, null] })",
      "addTicket(db, { num: 1, title: 'Lamp', orgId: 7, assignee: 1, status: 'open', tags: ['a', 'b'] })",
      "addTicket(db, { num: 2, title: 'Lid', orgId: 7, assignee: 1, status: 'open', tags: [], after: 1, due: '2026-01-02T00:00:00Z' })",
      "addTickets(db, { orgId: 8, nums: [11, 12], titles: ['x', 'y'] })",
      "rename(db, { num: 11, title: 'z' })",
      "openTickets(db, { orgId: 7, nick: 'ada' })",
      'openTickets(db, { orgId: 8 })',
      'db.selectFrom(openTicketsRelation({ orgId: 7 })).selectAll().execute()',
      'db.executeQuery(openTicketsCompiled({ orgId: 7 })).then(({ rows }) => rows)',
      'ticketByNum(db, { num: 1 })',
      'ticketByNum(db, { num: 99 })',
      "countTickets(db, { pattern: 'L' })",
      "countTickets(db, { pattern: 'none' })",
      'everything(db)',
      'chain(db, { first: 1 })',
      'perStatus(db, { least: 0 })',
      'perStep(db, { step: 10 })',
      'either(db, { below: 2 })',
      'emails(db)',
      "db.insertInto('audits' as never).values({ num: 1, verdict: 'late', grade: 2 } as never).execute().then(() => null)",
      "audits(db, { but: ['fine'] })",
      "closeAll(db, { nicks: ['ada'] })",
      'dropClosed(db)',
    ],
  },
];

/** A module that makes the calls and returns what each gave. */
const moduleOf = ({ imports, calls }: Example) => `
import type { Kysely } from 'kysely';
import type { DB } from './db.js';
${imports.map((path, index) => `import * as m${index} from './queries/${path}.js';`).join('\n')}
const { ${[...new Set(calls.flatMap((call) => [...call.matchAll(/(?<![.\w])([a-z]\w+)(?=\()/gi)].map(([, name]) => name)))].join(', ')} } = { ${imports.map((_, index) => `...m${index}`).join(', ')} };
export async function run(db: Kysely<DB>) {
${calls.map((call, index) => `  const r${index} = await ${call};`).join('\n')}
  return [${calls.map((_, index) => `r${index}`).join(', ')}] as const;
}
`;

const checkOf = (results: readonly unknown[]) => `
import { Decimal } from 'decimal.js';
import { Temporal } from 'temporal-polyfill';
import type { run } from './run.js';
void [Decimal, Temporal];
type Results = Awaited<ReturnType<typeof run>>;
${results.map((result, index) => `export const r${index}: Results[${index}] = ${toExpression(result)};`).join('\n')}
`;

async function configOf({ folder, config: file }: Example, profile: Profile): Promise<Config> {
  const { config = {} } = (await loadConfig(file, repositoryPath(folder))) ?? {};
  // A brand is in no value.
  return {
    source: { sql: 'schema.sql' },
    ...config,
    ...profile.config,
    types: { ...config.types, ...profile.config.types, brandIds: false },
  };
}

const pairs = examples.flatMap((example) =>
  profiles.map((profile) => [example.folder, profile.name, example, profile] as const),
);

test.each(pairs)('rows of the queries of %s fit their types under %s', async (_folder, _name, example, profile) => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rowsmith-query-drivers-')));
  const opened = await openFor(profile, async () => createDatabase(await serverUrl(newestVersion)));
  try {
    symlinkSync(repositoryPath('node_modules'), join(folder, 'node_modules'), 'junction');
    await opened.query(example.sql.map((file) => readSql(`${example.folder}/${file}`)).join('\n'));
    await opened.query('set search_path to public');
    await opened.ready();
    const { files } = await generate({
      config: { ...(await configOf(example, profile)), out: folder },
      folder: repositoryPath(example.folder),
    });
    const hasParsers = files.some(({ path }) => path === 'parsers.ts');
    const { parsers } = hasParsers
      ? ((await import(join(folder, 'parsers.ts'))) as { readonly parsers: () => pg.PoolConfig })
      : { parsers: () => ({}) };
    writeFileSync(join(folder, 'run.ts'), moduleOf(example));
    const { run } = (await import(join(folder, 'run.ts'))) as {
      readonly run: (db: Kysely<never>) => Promise<readonly unknown[]>;
    };
    const results = await run(opened.connect(parsers()) as never);
    expect(results).toHaveLength(example.calls.length);
    writeFileSync(join(folder, 'check.ts'), checkOf(results));
    const { output } = typecheck({ dir: folder, files: ['run.ts', 'check.ts'], compiler: '7', resolution: 'nodenext' });
    expect(output).toBe('');
  } finally {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('each function of the queries is called', async () => {
  for (const example of examples) {
    const { config = {} } = (await loadConfig(example.config, repositoryPath(example.folder))) ?? {};
    expect(config.queries).toBeDefined();
    const text = readSql(
      `${example.folder === 'examples/tasker' ? 'generated' : `${example.folder}/expected`}/catalog.json`,
    );
    const { queries } = JSON.parse(text) as { readonly queries: readonly { readonly name: string }[] };
    const missing = queries.filter(({ name }) => !example.calls.some((call) => call.startsWith(`${name}(`)));
    expect(missing).toEqual([]);
  }
});
