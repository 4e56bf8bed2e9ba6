import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { Wild } from './wild.js';

interface Found {
  readonly id: string;
  readonly severity: string;
  readonly rule: string;
  readonly table: string | null;
  readonly column: string | null;
}

export interface Run {
  readonly status: number | null;
  readonly findings: readonly Found[];
  /** Tables that models are compared with, in the order of the models. */
  readonly tables: readonly string[];
  readonly stderr: string;
}

/** Runs `rowsmith drift` in the checkout of a repository; `more` are further SQL files of its schema. */
export function runDrift({ source, models }: Wild, checkout: string, more: readonly string[] = []): Run {
  const sources = [...source, ...more].flatMap((path) => ['--source', path]);
  const args = ['drift', ...sources, '--format', 'json', '--rule', 'missing-model=off', '--models', ...models];
  const run = spawnSync(process.execPath, [resolve('dist/cli/main.js'), ...args], {
    cwd: checkout,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  const report = run.stdout === '' ? { findings: [], models: [] } : JSON.parse(run.stdout);
  return {
    status: run.status,
    findings: report.findings,
    tables: tablesOf(report.models),
    stderr: run.stderr.trimEnd(),
  };
}

/** What a model of the report is compared with. */
interface Compared {
  readonly status: string;
  readonly table: string | null;
}

function tablesOf(models: readonly Compared[]): readonly string[] {
  const tables = models.flatMap(({ status, table }) => (status === 'compared' && table !== null ? [table] : []));
  return [...new Set(tables)];
}
