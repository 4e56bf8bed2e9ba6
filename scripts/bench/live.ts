import { join } from 'node:path';
import { fillDatabase } from './fill.js';
import { installed, peerPackages } from './installed.js';
import { inTurn, type Measurement, ratio } from './process.js';
import { schemaStatements } from './schema.js';
import { root } from './types/run.js';
import { folderUntilExit, postgresUntilExit } from './until-exit.js';

export interface LiveBenchOptions {
  readonly sizes?: readonly number[];
  readonly rounds?: number;
}

const head = [
  'Tables',
  'kysely-codegen',
  'its peak',
  'generate',
  '÷ kysely-codegen',
  'peak',
  '÷ its peak',
  'nothing changed',
  '÷ kysely-codegen',
  'catalog, nothing changed',
  'floor',
  'generate ÷ floor',
];

/**
 * Measures a live database: `rowsmith generate` as a whole process, for the first time and when nothing changed,
 * beside kysely-codegen and the floor under every such tool. PostgreSQL 15 on loopback.
 */
export async function benchLive({
  sizes = [13, 100, 1_000, 5_000],
  rounds = 9,
}: LiveBenchOptions = {}): Promise<string> {
  const peers = installed('peers', peerPackages);
  const server = await postgresUntilExit('15');
  const folder = folderUntilExit();
  try {
    const rows: (readonly string[])[] = [];
    for (const tables of sizes) {
      const url = await server.createDatabase(`tables_${tables}`);
      await fillDatabase(url, schemaStatements({ tables }));
      rows.push(measure({ folder, peers, url, tables }, tables < 5_000 ? rounds : Math.min(rounds, 5)));
    }
    return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  } finally {
    await server.halt();
  }
}

interface Place {
  readonly folder: string;
  /** Where kysely-codegen is installed. */
  readonly peers: string;
  readonly url: string;
  readonly tables: number;
}

function measure({ folder, peers, url, tables }: Place, rounds: number): readonly string[] {
  const rowsmith = join(root, 'dist/cli/main.js');
  const codegen = [join(peers, 'node_modules/kysely-codegen/dist/cli/bin.js'), '--url', url, '--dialect', 'postgres'];
  const place = (name: string) => join(folder, `${name}-${tables}`);
  const own = { cwd: folder, env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') } };
  const generate = (out: string, source: string) => ({
    args: [rowsmith, 'generate', '--source', source, '--out', out],
    ...own,
  });
  const cost = inTurn(
    {
      floor: (run) => ({ args: [join(root, 'scripts/bench/floor.mjs'), url, place(`floor-${run}.ts`)] }),
      codegen: (run) => ({ args: [...codegen, '--out-file', place(`codegen-${run}.ts`)] }),
      first: (run) => generate(place(`first-${run}`), url),
      again: generate(place('again'), url),
      catalog: generate(place('offline'), join(place('again'), 'catalog.json')),
    },
    rounds,
  );
  const { floor, codegen: peer, first, again, catalog } = cost;
  return [
    tables.toLocaleString('en'),
    seconds(peer),
    mebibytes(peer),
    seconds(first),
    ratio(first, peer),
    mebibytes(first),
    (first.memory / peer.memory).toFixed(2),
    seconds(again),
    ratio(again, peer),
    seconds(catalog),
    seconds(floor),
    ratio(first, floor),
  ];
}

const seconds = ({ time }: Measurement) => `${(time / 1000).toFixed(3)} s`;
const mebibytes = ({ memory }: Measurement) => `${memory.toFixed(0)} MiB`;
