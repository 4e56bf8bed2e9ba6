import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { fillDatabase } from './fill.js';
import { inTurn, type Measurement, ratio } from './process.js';
import { queryFile } from './queries/generated-file.js';
import { schemaStatements } from './schema.js';
import { median, root } from './types/run.js';
import { folderUntilExit, postgresUntilExit } from './until-exit.js';

/** How many queries there are beside the tables. */
const [tables, queries] = [100, 200];

/** Calls that are measured at once. */
const calls = 200;

/**
 * Measures what 200 queries add to `rowsmith generate` of 100 tables, live, and what running one costs beside the same
 * text as a `sql` template of Kysely's. PostgreSQL 15 on loopback.
 */
export async function benchLiveQueries({ rounds = 9 }: { readonly rounds?: number } = {}): Promise<string> {
  const server = await postgresUntilExit('15');
  // Below the repository, since generated code imports Kysely.
  const folder = folderUntilExit(join(root, 'node_modules/.cache/rowsmith-bench'));
  try {
    const url = await server.createDatabase('queries');
    await fillDatabase(url, schemaStatements({ tables }));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'q.sql'), queryFile(queries));
    const config = (name: string, more: object) => {
      writeFileSync(join(folder, `${name}.json`), JSON.stringify({ imports: 'none', ...more }));
      return (run: number) => ({
        args: [
          ...[join(root, 'dist/cli/main.js'), 'generate', '--config', join(folder, `${name}.json`)],
          ...['--source', url, '--out', join(folder, `${name}-${run}`)],
        ],
        cwd: folder,
        env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') },
      });
    };
    const cost = inTurn({ without: config('without', {}), with: config('with', { queries: ['q.sql'] }) }, rounds);
    const seconds = ({ time }: Measurement) => `${(time / 1000).toFixed(3)} s`;
    return [
      `| generate of ${tables} tables | with ${queries} queries | ÷ without | running one ÷ the same \`sql\` template |`,
      '|---|---|---|---|',
      `| ${seconds(cost.without)} | ${seconds(cost.with)} | ${ratio(cost.with, cost.without)} | ${(await runningRatio(url, join(folder, 'with-1'))).toFixed(3)} |`,
    ].join('\n');
  } finally {
    await server.halt();
  }
}

/** Runs the first query and its text as a template in turn, and gives the median of the ratios of their times. */
async function runningRatio(url: string, out: string): Promise<number> {
  const { query0, query0Compiled } = (await import(pathToFileURL(join(out, 'queries/q.ts')).href)) as {
    readonly query0: (db: Kysely<unknown>, args: object) => Promise<unknown>;
    readonly query0Compiled: (args: object) => { readonly sql: string };
  };
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }),
  });
  const args = { status: 'open', most: 10 };
  const [first = '', second = '', third = ''] = query0Compiled(args).sql.split(/\$\d/);
  const parts = Object.assign([first, second, third], { raw: [first, second, third] });
  const timeOf = async (work: () => Promise<unknown>) => {
    const start = performance.now();
    for (let call = 0; call < calls; call++) await work();
    return performance.now() - start;
  };
  const ratios: number[] = [];
  for (let round = 0; round < 60; round++) {
    const own = () => timeOf(() => query0(db, args));
    const template = () => timeOf(() => sql(parts, args.status, args.most).execute(db));
    // Whichever comes first pays for what the other left behind.
    const times = { own: 0, template: 0 };
    const order = [['own', own] as const, ['template', template] as const];
    for (const [name, measure] of round % 2 === 0 ? order : order.reverse()) times[name] = await measure();
    if (round >= 6) ratios.push(times.own / times.template);
  }
  await db.destroy();
  return median(ratios);
}
