import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import pg from 'pg';
import { docs, generate, RowsmithError, type Config, type GenerateResult } from '../../src/index.js';
import { typecheck } from './compile.js';
import { anyConfig } from './hostile-configs.js';
import { hostileSchema } from './hostile-schemas.js';
import { leaksIn } from './leaks.js';
import { misplaced } from './paths.js';

export interface HostileRun {
  /** Schemas that became an output, of which each compiled. */
  readonly compiled: number;
  /** Why the others did not, and how often. */
  readonly refused: ReadonlyMap<string, number>;
  /** Everything that is wrong, each with the seed of its schema. */
  readonly wrong: readonly string[];
}

/** How many outputs one compiler looks at: it starts once for all of them. */
const batch = 100;

/**
 * Makes random schemas on a database, of the seeds from `seed` on, generates from each with a random config, and looks at what
 * came of it: nothing fails but names that are refused, everything compiles, and no text of a schema stands where it means something.
 * The database is emptied before each schema. `progress` hears how many there were.
 */
export async function tryHostileSchemas(url: string, count: number, seed: number, progress: (done: number, wrong: readonly string[]) => void = () => {}): Promise<HostileRun> {
  const refused = new Map<string, number>();
  const wrong: string[] = [];
  let compiled = 0;
  const root = mkdtempSync(join(tmpdir(), 'rowsmith-hostile-'));
  try {
    for (let start = 0; start < count; start += batch) {
      const outs: string[] = [];
      for (let index = start; index < Math.min(start + batch, count); index++) {
        const out = join(root, String(seed + index));
        const result = await tryOne(url, seed + index, out);
        if (result instanceof RowsmithError) refused.set(result.code, (refused.get(result.code) ?? 0) + 1);
        else wrong.push(...result.map((what) => `seed ${seed + index}: ${what}`));
        if (existsSync(out)) outs.push(out);
      }
      wrong.push(...compile(outs));
      compiled += outs.length;
      outs.forEach((out) => rmSync(out, { recursive: true }));
      progress(Math.min(start + batch, count), wrong);
    }
    return { compiled, refused, wrong };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** What is wrong with the output of one schema; or the refusal. */
async function tryOne(url: string, seed: number, out: string): Promise<readonly string[] | RowsmithError> {
  const [[statements, config] = [[], {}]] = fc.sample(fc.noBias(fc.tuple(hostileSchema, anyConfig)), { numRuns: 1, seed }) as [[readonly string[], Config]];
  await create(url, statements);
  try {
    const result = await generate({ config: { ...config, source: { url }, out } });
    return [...misplaced(result.files.map(({ path }) => path)), ...result.files.flatMap(({ path, text }) => leaksIn(path, text)), ...(await leaksOfDocs(result, config))];
  } catch (error) {
    if (error instanceof RowsmithError && ['name-collision', 'alias-shadows-column'].includes(error.code) && error.hint) return error;
    return [error instanceof Error ? String(error.stack) : String(error)];
  }
}

async function leaksOfDocs({ out }: GenerateResult, config: Config): Promise<readonly string[]> {
  const source = { catalog: join(out, 'catalog.json') };
  const page = await docs({ config: { ...config, source } });
  const markdown = await docs({ config: { ...config, source }, format: 'markdown' });
  return [...leaksIn('docs.html', page.text), ...leaksIn('docs.md', markdown.text)];
}

/** The compiler names the folder of each file, which is called like the seed. */
function compile(outs: readonly string[]): readonly string[] {
  if (outs.length === 0) return [];
  const { ok, output } = typecheck({ dir: outs, compiler: '7', resolution: 'nodenext' });
  const place = (line: string) => line.replace(/^\d+(?=\/)/, (index) => `seed ${outs[Number(index)]?.split('/').at(-1)}: `);
  return ok ? [] : output.split('\n').map(place);
}

/** Runs what can be run; names may meet, in which case Postgres keeps the first. */
async function create(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(`SELECT nspname AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'`);
    await client.query(`${rows.map(({ name }) => `DROP SCHEMA ${pg.escapeIdentifier(name)} CASCADE;`).join('\n')} CREATE SCHEMA public;`);
    for (const statement of statements) await client.query(statement).catch(() => undefined);
  } finally {
    await client.end();
  }
}
