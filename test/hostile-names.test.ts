import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { generate, RowsmithError, type Config } from '../src/index.js';
import { createDatabase } from '../scripts/postgres.js';
import { typecheck } from './support/compile.js';
import { hostileSchema } from './support/hostile-schemas.js';
import { newestVersion, serverUrl } from './support/postgres.js';

/** `ROWSMITH_SCHEMAS=200` tries many more; `ROWSMITH_SCHEMAS_SEED` repeats a run. */
const count = Number(process.env['ROWSMITH_SCHEMAS'] ?? 12);
const seed = Number(process.env['ROWSMITH_SCHEMAS_SEED'] ?? 1);
const drivers: readonly NonNullable<Config['driver']>[] = ['pg', 'pg-parsers'];

test(`whatever names a schema has, its output compiles or is refused with a hint (seed ${seed})`, async () => {
  const root = mkdtempSync(join(tmpdir(), 'rowsmith-hostile-'));
  const compiled: string[] = [];
  const refused: string[] = [];
  try {
    for (const [index, statements] of fc.sample(hostileSchema, { numRuns: count, seed }).entries()) {
      const url = await createDatabase(serverUrl(newestVersion));
      const tables = await create(url, statements);
      expect(tables).toBeGreaterThan(3);
      for (const driver of drivers) {
        const out = join(root, `${index}-${String(driver)}`);
        const failure = await generate({ config: { source: { url }, functions: ['*'], out, driver } }).then(() => undefined, (error: unknown) => error);
        if (failure === undefined) compiled.push(out);
        else if (failure instanceof RowsmithError && failure.code === 'name-collision' && failure.hint) refused.push(failure.message);
        else throw failure;
      }
    }
    expect(typecheck({ dir: compiled, compiler: '7', resolution: 'nodenext' })).toEqual({ ok: true, output: '' });
    expect(compiled.length).toBeGreaterThan(count);
    if (process.env['ROWSMITH_SCHEMAS']) process.stdout.write(`${compiled.length} outputs of ${count} random schemas compiled, ${refused.length} refused\n${[...new Set(refused)].join('\n')}\n`);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}, 3_600_000);

/** Runs what can be run; names may meet, in which case Postgres keeps the first. Gives the number of tables. */
async function create(url: string, statements: readonly string[]): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement).catch(() => undefined);
    const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`);
    return rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}
