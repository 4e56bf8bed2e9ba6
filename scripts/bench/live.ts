/**
 * What a live database costs: `rowsmith generate` as a whole process, for the first time and when nothing changed, beside kysely-codegen, kanel and
 * the floor under every such tool. PostgreSQL 15 on loopback. It prints a Markdown table and judges nothing.
 *
 *     npm run bench:live                  everything; medians of 9 rounds
 *     npm run bench:live 3 13 100         of 3 rounds, of these numbers of tables
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fillDatabase } from './fill.js';
import { installed, peerPackages } from './installed.js';
import { keptFolder, keptPostgres } from './kept.js';
import { inTurn, type Command, type Cost } from './process.js';
import { schemaStatements } from './schema.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** With more tables a run of kanel takes half a minute and more. */
const kanelLimit = 100;

export interface LiveBenchOptions {
  readonly sizes?: readonly number[];
  readonly rounds?: number;
}

export async function benchLive({ sizes = [13, 100, 1_000, 5_000], rounds = 9 }: LiveBenchOptions = {}): Promise<string> {
  const peers = installed('peers', peerPackages);
  const server = await keptPostgres('15');
  const folder = keptFolder();
  try {
    const rows: string[] = [];
    for (const tables of sizes) {
      const url = await server.createDatabase(`tables_${tables}`);
      await fillDatabase(url, schemaStatements({ tables }));
      rows.push(measure(folder, peers, url, tables, tables < 5_000 ? rounds : Math.min(rounds, 5)));
    }
    return [
      '| Tables | node -e 0 | `--version` | floor | kysely-codegen | kanel | generate | ÷ kysely-codegen | ÷ kanel | ÷ floor | peak ÷ floor | nothing changed | ÷ floor | catalog, nothing changed | ÷ node -e 0 |',
      '|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|',
      ...rows,
    ].join('\n');
  } finally {
    await server.halt();
  }
}

function measure(folder: string, peers: string, url: string, tables: number, rounds: number): string {
  const rowsmith = join(root, 'dist/cli/main.js');
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') };
  const generate = (target: string, source: string) => [rowsmith, 'generate', '--source', source, '--out', join(folder, target)];
  const cost = inTurn(
    {
      nothing: { args: ['-e', '0'] },
      version: { args: [rowsmith, '--version'] },
      floor: (run) => ({ args: [join(root, 'scripts/bench/floor.mjs'), url, join(folder, `floor-${tables}-${run}.ts`)] }),
      codegen: (run) => ({ args: [join(peers, 'node_modules/kysely-codegen/dist/cli/bin.js'), '--url', url, '--dialect', 'postgres', '--out-file', join(folder, `codegen-${tables}-${run}.ts`)] }),
      first: (run) => ({ args: generate(`out-${tables}-${run}`, url), cwd: folder, env }),
      again: { args: generate(`kept-${tables}`, url), cwd: folder, env, isAlone: true },
      catalog: { args: generate(`offline-${tables}`, join(folder, `kept-${tables}/catalog.json`)), cwd: folder, env, isAlone: true },
      kanel: tables > kanelLimit ? undefined : (run) => kanel(peers, url, join(folder, `kanel-${tables}-${run}`)),
    },
    rounds,
  );
  const { nothing, version, floor, codegen, first, again, catalog, kanel: slowest } = cost;
  return `| ${[
    tables.toLocaleString('en'), ...[nothing, version, floor, codegen].map(seconds), slowest ? seconds(slowest) : '', seconds(first), ratio(first, codegen), slowest ? ratio(first, slowest) : '', ratio(first, floor), (first.memory / floor.memory).toFixed(2),
    seconds(again), ratio(again, floor), seconds(catalog), ratio(catalog, nothing),
  ].join(' | ')} |`;
}

/** It reads its options from a file, which has to stand where its packages are found. */
function kanel(peers: string, url: string, outputPath: string): Command {
  const config = 'kanel.config.cjs';
  const options = { connection: url, schemas: ['public'], outputPath };
  writeFileSync(join(peers, config), `const { makeKyselyHook } = require('kanel-kysely');\nmodule.exports = { ...${JSON.stringify(options)}, preRenderHooks: [makeKyselyHook()] };\n`);
  return { args: [join(peers, 'node_modules/kanel/bin/kanel'), '--config', config], cwd: peers };
}

const seconds = ({ time }: Cost) => `${(time / 1000).toFixed(3)} s`;
const ratio = (a: Cost, b: Cost) => (a.time / b.time).toFixed(2);

if (pathToFileURL(process.argv[1] ?? '').href === import.meta.url) {
  const [rounds, ...sizes] = process.argv.slice(2).map(Number);
  console.log(`Node ${process.version}, ${availableParallelism()} cores\n\n${await benchLive({ ...(rounds ? { rounds } : {}), ...(sizes.length > 0 ? { sizes } : {}) })}`);
}
