/**
 * What a schema in SQL files costs: `rowsmith generate` as a whole process, beside the time that PGlite needs for the same SQL and
 * nothing else. Run it with `npm run bench:sql` after `npm run build`; it prints a Markdown table and judges nothing. The number
 * of runs, of which the median counts, can be given, and the numbers of tables after it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, execPath } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { schemaStatements } from './schema.js';

/** Milliseconds, and MiB at the peak. */
interface Cost {
  readonly time: number;
  readonly memory: number;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Loads a file the way that costs nothing else: one message for every 500 tables, which PGlite's settings have room for. */
const loadOnly = `
  import { readFileSync } from 'node:fs';
  import { PGlite } from '@electric-sql/pglite';
  const pieces = JSON.parse(readFileSync(process.argv[1], 'utf8'));
  const database = await PGlite.create();
  const start = performance.now();
  for (const piece of pieces) await database.exec(piece);
  console.log(performance.now() - start);`;

export interface SqlBenchOptions {
  readonly sizes?: readonly number[];
  /** Of each cell. */
  readonly runs?: number;
}

/** The table, and a row for every size. */
export function benchSql({ sizes = [13, 100, 1_000, 5_000], runs = 3 }: SqlBenchOptions = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'rowsmith-bench-'));
  try {
    const rows = sizes.map((tables) => measureSize(folder, tables, tables < 5_000 ? runs : 1));
    return [
      '| Tables | DDL alone | first run | changed SQL | ÷ DDL alone | in one transaction | peak, first run | peak, changed SQL |',
      '|---|---|---|---|---|---|---|---|',
      ...rows,
    ].join('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measureSize(folder: string, tables: number, runs: number): string {
  const pieces = [...schemaStatements({ tables })];
  const cache = join(folder, 'cache');
  const repeat = (run: (index: number) => Cost) => median(Array.from({ length: runs }, (_, index) => run(index)));
  const alone = median(Array.from({ length: runs }, () => ({ time: timeOfSql(folder, pieces), memory: 0 })));
  const first = repeat(() => {
    rmSync(cache, { recursive: true, force: true });
    return generate(folder, cache, pieces.join('\n'));
  });
  const changed = repeat((index) => generate(folder, cache, `${pieces.join('\n')}\nCREATE TABLE changed (column_${index} int);`));
  const transaction = repeat((index) => generate(folder, cache, `BEGIN;\n${pieces.join('\n')}\nCREATE TABLE changed (column_${index} int);\nCOMMIT;`));
  const cells = [
    tables.toLocaleString('en'), ...[alone, first, changed].map(seconds), (changed.time / alone.time).toFixed(2), seconds(transaction),
    ...[first, changed].map(({ memory }) => `${memory.toFixed(0)} MiB`),
  ];
  return `| ${cells.join(' | ')} |`;
}

function timeOfSql(folder: string, pieces: readonly string[]): number {
  const path = join(folder, 'pieces.json');
  writeFileSync(path, JSON.stringify(pieces));
  return Number(run(['--input-type=module', '--eval', loadOnly, path], { cwd: root }));
}

/** Generates from `sql` into an empty folder, with a cache of its own. */
function generate(folder: string, cache: string, sql: string): Cost {
  const project = join(folder, 'project');
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project);
  writeFileSync(join(project, 'schema.sql'), sql);
  const peak = join(folder, 'peak');
  const report = `import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)));`;
  const start = performance.now();
  run(['--import', `data:text/javascript,${encodeURIComponent(report)}`, join(root, 'dist/cli/main.js'), 'generate', '--source', 'schema.sql'], {
    cwd: project, env: { ...process.env, XDG_CACHE_HOME: cache },
  });
  return { time: performance.now() - start, memory: Number(readFileSync(peak, 'utf8')) / 1024 };
}

function run(args: readonly string[], options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv }): string {
  const { status, stdout, stderr } = spawnSync(execPath, args, { ...options, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function median(costs: readonly Cost[]): Cost {
  const middle = (pick: (cost: Cost) => number) => costs.map(pick).sort((a, b) => a - b)[costs.length >> 1] ?? 0;
  return { time: middle(({ time }) => time), memory: middle(({ memory }) => memory) };
}

function seconds({ time }: Cost): string {
  return `${(time / 1000).toFixed(2)} s`;
}

if (pathToFileURL(argv[1] ?? '').href === import.meta.url) {
  const [runs, ...sizes] = argv.slice(2).map(Number);
  console.log(benchSql({ ...(runs ? { runs } : {}), ...(sizes.length > 0 ? { sizes } : {}) }));
}
