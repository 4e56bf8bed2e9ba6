import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Config } from '../config/config.js';
import { onlyOutput } from '../config/projects.js';
import type { IgnoreConfig } from '../config/report.js';
import type { Source } from '../config/source.js';
import { compare } from '../diff/compare.js';
import { type DiffFinding, type Judged, judgeChange } from '../diff/finding.js';
import type { Side } from '../diff/side.js';
import { matchFiles } from '../drift/walk.js';
import { isGenerated } from '../emit/output-file.js';
import { RowsmithError } from '../errors.js';
import { counting, type OnProgress } from '../progress.js';
import { applyIgnores } from '../report/ignores.js';
import { compareSeverity } from '../report/severity.js';
import { refuseIdle } from '../selection/refuse-idle.js';
import { namesAsOf } from './fit-models.js';
import { meaningOf } from './names-for-diff.js';
import { readSnapshot, type Snapshot, type Taken } from './snapshot.js';
import { sourceOf } from './source.js';

export interface DiffOptions {
  readonly config: Config;
  /** The folder that the config's relative paths start from; the working directory when absent. */
  readonly folder?: string;
  readonly onNote?: (message: string) => void;
  /** Called with the progress of the run. */
  readonly onProgress?: OnProgress;
  /** The older schema: a source, or a snapshot taken before; the committed `catalog.json` when absent. */
  readonly from?: Source | Snapshot;
  /** The newer one; the config's source when absent. */
  readonly to?: Source | Snapshot;
  /** Globs of TypeScript code, relative to the working directory: what it does not name is no more than information. */
  readonly usage?: readonly string[];
  /** `2026-01-31`: ignores that expire before it no longer hold; today in UTC when absent. */
  readonly today?: string;
}

/** The result of comparing two schemas: findings, and how the config's ignores were used. */
export interface DiffResult {
  /** Worst first, then by table. */
  readonly findings: readonly DiffFinding[];
  readonly ignored: readonly DiffFinding[];
  readonly unusedIgnores: readonly IgnoreConfig[];
  readonly expiredIgnores: readonly IgnoreConfig[];
}

/** Compares two schemas: what changed, and what that means for code. Throws where either cannot be read. */
export async function diff(options: DiffOptions): Promise<DiffResult> {
  const { folder = process.cwd(), onProgress = () => {}, today = new Date().toISOString().slice(0, 10) } = options;
  const config = onlyOutput(options.config);
  const out = resolve(folder, config.out ?? 'generated');
  const [from, to] = [
    await readSide('from', options.from ?? committed(out), options),
    await readSide('to', options.to ?? sourceOf(config, folder), options),
  ];
  onProgress({ stage: 'compare' });
  refuseIdle([from.known, to.known], config);
  const judged = judgeSides(from.snapshot, to.snapshot, config, out);
  const findings =
    options.usage === undefined
      ? judged.map(({ finding }) => finding)
      : await weighByUsage(judged, options.usage, onProgress);
  return sift(findings, config.diff?.ignores ?? [], today);
}

/** Takes a snapshot of a schema, to be compared later with what becomes of it: `diff({ from: snapshot, … })`. */
export async function snapshot(options: Omit<DiffOptions, 'from' | 'to'>): Promise<Snapshot> {
  const { config, folder = process.cwd(), onNote = () => {}, onProgress = () => {} } = options;
  const taken = await readSnapshot(sourceOf(config, folder), config, { folder, onNote, onProgress });
  return taken.snapshot;
}

/**
 * Compares two snapshots and judges each change. `out` is the output folder, absolute: findings point into it, relative
 * to the working directory.
 */
export function judgeSides(from: Snapshot, to: Snapshot, config: Config, out: string): Judged[] {
  // Without `queries` in the config, a database is not asked about those that a catalog file may have.
  const hasQueries = config.queries !== undefined || [from, to].every(({ catalog }) => catalog.queries !== undefined);
  const [older, newer] = [sideOf(from, config, hasQueries), sideOf(to, config, hasQueries)];
  const shown = relative(process.cwd(), out).replaceAll('\\', '/') || '.';
  return compare(older, newer).map((change) => judgeChange(change, older, newer, shown));
}

function sideOf({ catalog: { queries, ...schema }, ...others }: Snapshot, config: Config, hasQueries: boolean): Side {
  const catalog = hasQueries && queries ? { ...schema, queries } : schema;
  const taken = { ...others, catalog };
  return { ...taken, meaning: meaningOf(taken.catalog, namesAsOf(taken.catalog, config), config) };
}

/** Reads one of the two schemas. A snapshot is taken as it is. */
async function readSide(side: 'from' | 'to', given: Source | Snapshot, options: DiffOptions): Promise<Taken> {
  if (isSnapshot(given)) {
    const { catalog } = given;
    return { snapshot: given, known: { everything: catalog, catalog, isNarrowed: true } };
  }
  const { config, folder = process.cwd(), onNote = () => {}, onProgress = () => {} } = options;
  return readSnapshot(given, config, { folder, onNote, onProgress: (progress) => onProgress({ ...progress, side }) });
}

const isSnapshot = (given: Source | Snapshot): given is Snapshot =>
  'catalog' in given && typeof given.catalog === 'object';

function committed(out: string): Source {
  const catalog = join(out, 'catalog.json');
  if (existsSync(catalog)) return { catalog };
  throw new RowsmithError(
    'source-missing',
    `There is nothing to compare with: --from is not given, and ${relative(process.cwd(), out) || '.'} has no catalog.json.`,
    'Pass --from <postgres://… | file.sql | folder | catalog.json>.',
  );
}

async function weighByUsage(
  judged: readonly Judged[],
  patterns: readonly string[],
  onProgress: OnProgress,
): Promise<DiffFinding[]> {
  onProgress({ stage: 'usage' });
  const { readUsage } = await import('../diff/usage/read.js');
  const { weigh } = await import('../diff/usage/weigh.js');
  const found = await Promise.all(patterns.map((pattern) => matchFiles(pattern, process.cwd())));
  const files = [...new Set(found.flat())];
  if (files.length === 0) {
    throw new RowsmithError(
      'usage-not-found',
      `No file matches --usage ${patterns.join(' ')}.`,
      'Quote the pattern so that the shell does not expand it.',
    );
  }
  const usage = await readUsage(files, isGenerated, counting('usage', files.length, onProgress));
  return judged.map((one) => weigh(one, usage));
}

/** Takes out what the config ignores, and sorts the rest. An ignore's `table` may name a type or a function as well. */
function sift(findings: readonly DiffFinding[], ignores: readonly IgnoreConfig[], today: string): DiffResult {
  const named = findings.map((finding) => ({ ...finding, table: finding.table ?? finding.subject, finding }));
  const { left, ignored, unused, expired } = applyIgnores(named, ignores, today);
  const plain = (list: typeof left) => worstFirst(list.map(({ finding }) => finding));
  return { findings: plain(left), ignored: plain(ignored), unusedIgnores: unused, expiredIgnores: expired };
}

/**
 * Sorts findings: what breaks comes before what is dangerous, and that before what is safe; then by table, with types
 * and functions last; within a table in the order of the comparison.
 */
export function worstFirst(findings: readonly DiffFinding[]): DiffFinding[] {
  return [...findings].sort((a, b) => compareSeverity(a.severity, b.severity) || byTable(a.table, b.table));
}

function byTable(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return b === null || (a !== null && a < b) ? -1 : 1;
}
