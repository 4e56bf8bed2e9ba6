import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { installedNodes } from './installed.js';
import type { Compared, Ratio } from './runtime/compare.js';
import type { Measured } from './runtime/measure.js';
import { fillTasker } from './tasker.js';
import { root, run } from './types/run.js';
import { folderUntilExit, postgresUntilExit } from './until-exit.js';

/** The oldest line that is supported, and the newest with long support. */
export const nodeVersions = { '20': '20.20.2', '24': '24.21.0' };

export interface RuntimeBenchOptions {
  readonly rows?: number;
  readonly rounds?: number;
}

/**
 * Measures models at run time, on Node 20 and 24: rows read through a model beside the same rows from Kysely alone,
 * rows that are inserted beside the best SQL that is known, and `toTaskInsert` beside a literal that somebody wrote.
 * PostgreSQL 15 on loopback.
 */
export async function benchRuntime({ rows = 100_000, rounds = 25 }: RuntimeBenchOptions = {}): Promise<string> {
  const nodes = installedNodes(nodeVersions);
  const script = compiled();
  const server = await postgresUntilExit('15');
  try {
    const [many, few] = [await server.createDatabase(), await server.createDatabase()];
    await fillTasker(many, { tasks: rows });
    await fillTasker(few, { tasks: rows / 50 });
    const measured = [...nodes].map(([line, node]) => ({
      line,
      ...measureOn(node, [script, many, few, String(rounds), String(rows)]),
    }));
    return [
      'The time of each beside that of Kysely alone: the median of all rounds, and in brackets between what it lies (95%). Kysely again is the same query: it shows what the measurement can tell.',
      readTable(`${rows.toLocaleString('en')} rows at once`, measured, (on) => on.many),
      readTable(
        `${(rows / 50).toLocaleString('en')} rows at once, ${(rounds * 20).toLocaleString('en')} times`,
        measured,
        (on) => on.few,
      ),
      markdown(
        [
          'Node',
          `${rows.toLocaleString('en')} rows inserted from arrays by hand`,
          '`insertTasks`',
          'rows of parameters by Kysely',
        ],
        measured.map(({ line, bulk: { unnest, ours, values } }) => [
          line,
          milliseconds(unnest),
          spelled(ours.ratio),
          spelled(values.ratio),
        ]),
      ),
      markdown(
        ['Node', '20,000 literals by hand', '`toTaskInsert`', 'literals with JSON', '`toTaskInsert`'],
        measured.map(writeRow),
      ),
    ].join('\n\n');
  } finally {
    await server.halt();
  }
}

/**
 * Compiles the measuring part to JavaScript below the repository, where Kysely and `pg` are found, and returns its
 * path.
 */
function compiled(): string {
  const out = folderUntilExit(join(root, 'node_modules/.cache/rowsmith-bench'));
  const options = [
    '--rootDir',
    root,
    '--outDir',
    out,
    '--target',
    'es2022',
    '--lib',
    'es2023',
    '--module',
    'nodenext',
    '--strict',
    '--skipLibCheck',
    '--types',
    'node',
  ];
  run([join(root, 'node_modules/typescript/bin/tsc'), ...options, join(root, 'scripts/bench/runtime/measure.ts')]);
  writeFileSync(join(out, 'package.json'), '{"type":"module"}');
  return join(out, relative(root, join(root, 'scripts/bench/runtime/measure.js')));
}

function measureOn(node: string, args: readonly string[]): Measured {
  const { status, stdout, stderr } = spawnSync(node, ['--expose-gc', ...args], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${node} ${args.join(' ')} failed:\n${stderr}`);
  return JSON.parse(stdout) as Measured;
}

type OnNode = Measured & { readonly line: string };

function readTable(title: string, measured: readonly OnNode[], pick: (on: OnNode) => OnNode['many']): string {
  const rows = measured.map((on) => {
    const { plain, again, model, relation } = pick(on);
    const ours = [again, model, relation];
    return [
      on.line,
      milliseconds(plain),
      ...ours.map(({ ratio }) => spelled(ratio)),
      ...ours.map(({ processorRatio }) => spelled(processorRatio)),
    ];
  });
  return markdown(
    [
      'Node',
      `${title}, Kysely`,
      'Kysely again',
      '`readTasks`',
      '`selectFrom(tasks())`',
      'processor time: Kysely again',
      '`readTasks`',
      '`selectFrom(tasks())`',
    ],
    rows,
  );
}

function writeRow({ line, plainRow, jsonRow }: OnNode): string[] {
  return [
    line,
    ...[plainRow, jsonRow].flatMap(({ byHand, ours }) => [
      milliseconds(byHand),
      `${milliseconds(ours)}, ${spelled(ours.ratio)}`,
    ]),
  ];
}

const milliseconds = ({ time }: Compared) => `${time.toFixed(time < 10 ? 2 : 0)} ms`;
const spelled = ({ median, from, to }: Ratio) => `${median.toFixed(3)} (${from.toFixed(3)} to ${to.toFixed(3)})`;

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
