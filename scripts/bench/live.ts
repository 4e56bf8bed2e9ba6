/**
 * What a live database costs: `rowsmith generate` as a whole process, for the first time and when nothing changed, beside kysely-codegen and the
 * floor under every such tool. PostgreSQL 15 on loopback. Run it with `npm run bench:live` after `npm run build`; it prints a
 * Markdown table and judges nothing. The number of rounds, of which the median counts, can be given.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startPostgres } from '../postgres.js';
import { fillDatabase } from './fill.js';
import { inTurn, type Cost } from './process.js';
import { schemaStatements } from './schema.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sizes = [13, 100, 1_000, 5_000];

export async function benchLive(rounds: number): Promise<string> {
  const server = await startPostgres('15');
  const folder = mkdtempSync(join(tmpdir(), 'rowsmith-bench-'));
  try {
    const rows: string[] = [];
    for (const tables of sizes) {
      const url = await server.createDatabase(`tables_${tables}`);
      await fillDatabase(url, schemaStatements({ tables }));
      rows.push(measure(folder, url, tables, tables < 5_000 ? rounds : Math.min(rounds, 5)));
    }
    return [
      '| Tables | node -e 0 | `--version` | floor | kysely-codegen | generate | ÷ kysely-codegen | ÷ floor | peak ÷ floor | nothing changed | ÷ floor | catalog, nothing changed | ÷ node -e 0 |',
      '|---|---|---|---|---|---|---|---|---|---|---|---|---|',
      ...rows,
    ].join('\n');
  } finally {
    rmSync(folder, { recursive: true });
    await server.stop();
  }
}

function measure(folder: string, url: string, tables: number, rounds: number): string {
  const rowsmith = join(root, 'dist/cli/main.js');
  const out = join(folder, `out-${tables}`);
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') };
  const remove = () => rmSync(out, { recursive: true, force: true });
  const generate = (target: string, source: string) => [rowsmith, 'generate', '--source', source, '--out', join(folder, target)];
  const cost = inTurn(
    {
      nothing: { args: ['-e', '0'] },
      version: { args: [rowsmith, '--version'] },
      floor: { args: [join(root, 'scripts/bench/floor.mjs'), url, join(folder, 'floor.ts')] },
      codegen: { args: [join(root, 'node_modules/kysely-codegen/dist/cli/bin.js'), '--url', url, '--dialect', 'postgres', '--out-file', join(folder, 'codegen.ts')] },
      first: { args: generate(`out-${tables}`, url), cwd: folder, env, before: remove },
      again: { args: generate(`kept-${tables}`, url), cwd: folder, env },
      catalog: { args: generate(`offline-${tables}`, join(folder, `kept-${tables}/catalog.json`)), cwd: folder, env },
    },
    rounds,
  );
  const { nothing, version, floor, codegen, first, again, catalog } = cost;
  return `| ${[
    tables.toLocaleString('en'), ...[nothing, version, floor, codegen, first].map(seconds), ratio(first, codegen), ratio(first, floor), (first.memory / floor.memory).toFixed(2),
    seconds(again), ratio(again, floor), seconds(catalog), ratio(catalog, nothing),
  ].join(' | ')} |`;
}

const seconds = ({ time }: Cost) => `${(time / 1000).toFixed(3)} s`;
const ratio = (a: Cost, b: Cost) => (a.time / b.time).toFixed(2);

if (pathToFileURL(process.argv[1] ?? '').href === import.meta.url) {
  console.log(`Node ${process.version}, ${availableParallelism()} cores\n\n${await benchLive(Number(process.argv[2] ?? 9))}`);
}
