/**
 * What models cost while a program runs, on Node 20 and 24: rows read through a model beside the same rows from Kysely alone, and `toTaskRow`
 * beside a literal that somebody wrote. PostgreSQL 15 on loopback.
 *
 *     npm run bench:runtime               100,000 rows
 *     npm run bench:runtime 1000 3        this number of rows, this number of rounds
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installedNodes } from './installed.js';
import { keptFolder, keptPostgres } from './kept.js';
import type { Compared } from './runtime/compare.js';
import type { Measured } from './runtime/measure.js';
import { fillTasker } from './tasker.js';
import { root, run } from './types/run.js';

/** The oldest line that is supported, and the newest with long support. */
export const nodeVersions = { '20': '20.20.2', '24': '24.21.0' };

export interface RuntimeBenchOptions {
  readonly rows?: number;
  readonly rounds?: number;
}

/** Measures, and gives a table in Markdown. */
export async function benchRuntime({ rows = 100_000, rounds = 15 }: RuntimeBenchOptions = {}): Promise<string> {
  const nodes = installedNodes(nodeVersions);
  const script = compiled();
  const server = await keptPostgres('15');
  try {
    await fillTasker(server.url, { tasks: rows });
    return [
      `| Node | ${rows.toLocaleString('en')} rows, Kysely | \`readTasks\` | ÷ Kysely | \`selectFrom(tasks())\` | ÷ Kysely | 20,000 literals | \`toTaskRow\` | ÷ literals | with JSON: literals | \`toTaskRow\` | ÷ literals |`,
      '|---|---|---|---|---|---|---|---|---|---|---|---|',
      ...[...nodes].map(([line, node]) => row(line, measureOn(node, script, server.url, rounds))),
    ].join('\n');
  } finally {
    await server.halt();
  }
}

/** The measuring part as JavaScript, below the repository, where Kysely and `pg` are found. */
function compiled(): string {
  const out = keptFolder(join(root, 'node_modules/.cache/rowsmith-bench'));
  const options = ['--rootDir', root, '--outDir', out, '--target', 'es2022', '--lib', 'es2023', '--module', 'nodenext', '--strict', '--skipLibCheck', '--types', 'node'];
  run([join(root, 'node_modules/typescript/bin/tsc'), ...options, join(root, 'scripts/bench/runtime/measure.ts')]);
  writeFileSync(join(out, 'package.json'), '{"type":"module"}');
  return join(out, relative(root, join(root, 'scripts/bench/runtime/measure.js')));
}

function measureOn(node: string, script: string, url: string, rounds: number): Measured {
  const { status, stdout, stderr } = spawnSync(node, [script, url, String(rounds)], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${node} ${script} failed:\n${stderr}`);
  return JSON.parse(stdout) as Measured;
}

function row(line: string, { read, relation, plainRow, jsonRow }: Measured): string {
  const times = (compared: Compared) => [milliseconds(compared.theirs), milliseconds(compared.ours), compared.ratio.toFixed(3)];
  return `| ${[line, ...times(read), milliseconds(relation.ours), relation.ratio.toFixed(3), ...times(plainRow), ...times(jsonRow)].join(' | ')} |`;
}

const milliseconds = (time: number) => `${time.toFixed(time < 10 ? 2 : 0)} ms`;

if (pathToFileURL(process.argv[1] ?? '').href === import.meta.url) {
  const [rows, rounds] = process.argv.slice(2).map(Number);
  console.log(await benchRuntime({ ...(rows ? { rows } : {}), ...(rounds ? { rounds } : {}) }));
}
