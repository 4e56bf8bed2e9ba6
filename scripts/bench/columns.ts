/**
 * A schema that nobody has: 1,000 tables of 1,000 columns on PostgreSQL 18. Prints the time and the peak of memory of `rowsmith generate`, from
 * the server and from the catalog that it wrote; or the word with which it refused. Run it with `npm run bench:columns` after `npm run build`;
 * other numbers of tables and columns can be given. Exits 1 where a run ended otherwise, as of a full heap.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startPostgres } from '../postgres.js';

const [tables = 1000, columns = 1000] = argv.slice(2).map(Number);
const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const peakReport = fileURLToPath(new URL('peak.cjs', import.meta.url));
const types = ['text', 'bigint', 'timestamptz NOT NULL', 'numeric(12,2)', 'jsonb', 'boolean NOT NULL DEFAULT false', 'text[]'];

async function fill(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  for (let table = 0; table < tables; table++) {
    const list = Array.from({ length: columns }, (_, column) => `column_${column} ${types[column % types.length]}`);
    await client.query(`CREATE TABLE wide_table_${table} (${list.join(', ')})`);
  }
  await client.end();
}

/** True when the run ended with output, or with a word and exit code 2. */
function measure(folder: string, name: string, source: string): boolean {
  const peak = join(folder, 'peak');
  rmSync(peak, { force: true });
  const start = performance.now();
  const { status, signal, stderr } = spawnSync(execPath, ['--require', peakReport, main, 'generate', '--silent', '--source', source, '--out', join(folder, name), '--timeout', '600'], {
    encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, ROWSMITH_BENCH_PEAK: peak },
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const memory = existsSync(peak) ? `${Math.round(Number(readFileSync(peak, 'utf8')) / 1024)} MiB` : 'unknown';
  const wellEnded = status === 0 || (status === 2 && stderr.startsWith('error: '));
  console.log(`${name}: exit ${status ?? signal}, ${seconds} s, peak ${memory}${stderr === '' ? '' : `\n${stderr.slice(0, 500)}`}`);
  return wellEnded;
}

const server = await startPostgres('18');
const folder = mkdtempSync(join(tmpdir(), 'rowsmith-columns-'));
try {
  const url = await server.createDatabase();
  await fill(url);
  const runs = [measure(folder, 'server', url), ...(existsSync(join(folder, 'server/catalog.json')) ? [measure(folder, 'catalog', join(folder, 'server/catalog.json'))] : [])];
  process.exitCode = runs.every(Boolean) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
}
