/**
 * What a schema in SQL files costs: `rowsmith generate` as a whole process, beside the time that PGlite needs for the same SQL and
 * nothing else. Run it with `npm run bench:sql` after `npm run build`; it prints a Markdown table and judges nothing. The number
 * of runs, of which the median counts, can be given, and the numbers of tables after it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { keptFolder } from './kept.js';
import { inTurn, type Command, type Cost } from './process.js';
import { schemaStatements } from './schema.js';

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
  const folder = keptFolder();
  return [
    '| Tables | DDL alone | first run | changed SQL | ÷ DDL alone | in one transaction | peak, first run | peak, changed SQL |',
    '|---|---|---|---|---|---|---|---|',
    ...sizes.map((tables) => measureSize(join(folder, String(tables)), tables, tables < 5_000 ? runs : 1)),
  ].join('\n');
}

/** The round that does not count fills the cache of `changed` and `transaction`; `first` has an empty one each time. */
function measureSize(folder: string, tables: number, runs: number): string {
  const pieces = [...schemaStatements({ tables })];
  mkdirSync(folder);
  const list = join(folder, 'pieces.json');
  writeFileSync(list, JSON.stringify(pieces));
  const changed = (run: number) => `${pieces.join('\n')}\nCREATE TABLE changed (column_${run} int);`;
  const cost = inTurn(
    {
      alone: { args: ['--input-type=module', '--eval', loadOnly, list], cwd: root, timesItself: true },
      first: (run) => generate(join(folder, `first-${run}`), join(folder, `cache-${run}`), pieces.join('\n')),
      changed: (run) => generate(join(folder, `changed-${run}`), join(folder, 'cache'), changed(run)),
      transaction: (run) => generate(join(folder, `transaction-${run}`), join(folder, 'cache'), `BEGIN;\n${changed(run)}\nCOMMIT;`),
    },
    runs,
  );
  const { alone, first, changed: again, transaction } = cost;
  const cells = [
    tables.toLocaleString('en'), ...[alone, first, again].map(seconds), (again.time / alone.time).toFixed(2), seconds(transaction),
    ...[first, again].map(({ memory }) => `${memory.toFixed(0)} MiB`),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Generates from `sql`, in a project of its own. */
function generate(project: string, cache: string, sql: string): Command {
  mkdirSync(project);
  writeFileSync(join(project, 'schema.sql'), sql);
  return { args: [join(root, 'dist/cli/main.js'), 'generate', '--source', 'schema.sql'], cwd: project, env: { ...process.env, XDG_CACHE_HOME: cache } };
}

const seconds = ({ time }: Cost) => `${(time / 1000).toFixed(2)} s`;

if (pathToFileURL(argv[1] ?? '').href === import.meta.url) {
  const [runs, ...sizes] = argv.slice(2).map(Number);
  console.log(benchSql({ ...(runs ? { runs } : {}), ...(sizes.length > 0 ? { sizes } : {}) }));
}
