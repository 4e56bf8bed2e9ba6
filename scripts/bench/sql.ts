import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, inTurn, type Measurement, ratio } from './process.js';
import { schemaStatements } from './schema.js';
import { root } from './types/run.js';
import { folderUntilExit } from './until-exit.js';

/**
 * Program that only loads a file, in one message for every 500 tables, which PGlite's settings have room for.
 */
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
  readonly rounds?: number;
}

/**
 * Measures a schema in SQL files: `rowsmith generate` as a whole process, beside the time that PGlite needs for the
 * same SQL and nothing else; and what one more migration costs in a folder of them.
 */
export function benchSql({ sizes = [13, 100, 1_000, 5_000], rounds = 3 }: SqlBenchOptions = {}): string {
  const folder = folderUntilExit();
  return [
    '| Tables | DDL alone | first run | changed SQL | ÷ DDL alone | peak, first run | peak, changed SQL |',
    '|---|---|---|---|---|---|---|',
    ...sizes.map((tables) => measureSize(join(folder, String(tables)), tables, tables < 5_000 ? rounds : 1)),
    '',
    measureMigrations(join(folder, 'migrations'), rounds),
  ].join('\n');
}

/**
 * Measures one size. The round that does not count fills the cache of `changed`; `first` has an empty cache each time.
 */
function measureSize(folder: string, tables: number, rounds: number): string {
  const pieces = [...schemaStatements({ tables })];
  mkdirSync(folder);
  const list = join(folder, 'pieces.json');
  writeFileSync(list, JSON.stringify(pieces));
  const { alone, first, changed } = inTurn(
    {
      alone: { args: ['--input-type=module', '--eval', loadOnly, list], cwd: root, timesItself: true },
      first: (run) =>
        generate(join(folder, `first-${run}`), join(folder, `cache-${run}`), { 'schema.sql': pieces.join('\n') }),
      changed: (run) =>
        generate(join(folder, `changed-${run}`), join(folder, 'cache'), {
          'schema.sql': `${pieces.join('\n')}\nCREATE TABLE changed (column_${run} int);`,
        }),
    },
    rounds,
  );
  const cells = [
    tables.toLocaleString('en'),
    ...[alone, first, changed].map(seconds),
    ratio(changed, alone),
    ...[first, changed].map(({ memory }) => `${memory.toFixed(0)} MiB`),
  ];
  return `| ${cells.join(' | ')} |`;
}

/**
 * Measures a folder of 200 migrations of two tables each: all of them anew, and with one more than in the run before.
 */
function measureMigrations(folder: string, rounds: number): string {
  mkdirSync(folder);
  const file = (index: number) => [
    `migrations/${String(index).padStart(4, '0')}.sql`,
    `CREATE TABLE a_${index} (id bigint PRIMARY KEY, name text NOT NULL);\nCREATE TABLE b_${index} (id bigint REFERENCES a_${index});`,
  ];
  const files = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => file(index))) as Readonly<Record<string, string>>;
  const { all, more } = inTurn(
    {
      all: (run) => generate(join(folder, `all-${run}`), join(folder, `cache-${run}`), files(200)),
      more: (run) => generate(join(folder, `more-${run}`), join(folder, 'cache'), files(201 + run)),
    },
    rounds,
  );
  return `A folder of 200 migrations: ${seconds(all)}; with one more than before: ${seconds(more)}, ${ratio(more, all)} of it.`;
}

/** Generates from SQL files, in a project of its own. */
function generate(project: string, cache: string, files: Readonly<Record<string, string>>): Command {
  const [source = ''] = Object.keys(files)[0]?.split('/') ?? [];
  mkdirSync(join(project, source.includes('.') ? '' : source), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(project, path), text);
  return {
    args: [join(root, 'dist/cli/main.js'), 'generate', '--source', source],
    cwd: project,
    env: { ...process.env, XDG_CACHE_HOME: cache },
  };
}

const seconds = ({ time }: Measurement) => `${(time / 1000).toFixed(2)} s`;
