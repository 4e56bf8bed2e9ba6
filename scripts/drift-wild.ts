/**
 * Compares public repositories with their own schemas: `npm run drift:wild -- <folder> [part of a name] [--break]`. The
 * folder is none of ours; it holds a checkout of each repository of `drift-wild/repositories.ts`, at its commit:
 *
 *     git clone https://github.com/<name> <folder>/<name> && git -C <folder>/<name> checkout <commit>
 *
 * Nothing of a repository is copied here but ids. Each error is held against a list that somebody made by reading the
 * code and the schema before. With `--break` each schema is then broken in ten ways, one at a time. Exits 1 where fewer
 * than nine of ten errors are right, or a broken schema passes.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Breakage, breakages, breakingSql } from './drift-wild/breakages.js';
import { repositories } from './drift-wild/repositories.js';
import { type Run, runDrift } from './drift-wild/run.js';
import type { Wild } from './drift-wild/wild.js';

interface Verdicts {
  readonly right: readonly string[];
  readonly useless: readonly string[];
  readonly wrong: readonly string[];
  readonly missed: readonly string[];
}

const [folder, ...others] = process.argv.slice(2);
const breaks = others.includes('--break');
const part = others.find((argument) => !argument.startsWith('--')) ?? '';

if (folder === undefined) {
  console.error('Give the folder that holds the checkouts: npm run drift:wild -- <folder>');
  for (const { name, commit, before } of repositories)
    console.error(`  ${name} at ${commit}${before === undefined ? '' : `\n    needs ${before}`}`);
  process.exitCode = 2;
} else {
  const all = repositories
    .filter(({ name }) => name.includes(part))
    .flatMap((wild) => compare(wild, join(resolve(folder), wild.name)));
  const right = all.reduce((sum, verdicts) => sum + verdicts.right.length, 0);
  const errors = right + all.reduce((sum, { useless, wrong }) => sum + useless.length + wrong.length, 0);
  console.log(`${right} of ${errors} errors are right`);
  if (right < errors * 0.9) process.exitCode = 1;
}

/** Prints what is found in a repository; empty where it is not there. */
function compare(wild: Wild, checkout: string): readonly Verdicts[] {
  if (!existsSync(checkout)) {
    console.log(`${wild.name} (${wild.library}): not there`);
    return [];
  }
  const run = runDrift(wild, checkout);
  const verdicts = judge(wild, run);
  const { right, useless, wrong, missed } = verdicts;
  console.log(
    `${wild.name} (${wild.library}): exit ${run.status}; ${right.length} right, ${useless.length} useless, ${wrong.length} wrong, ${missed.length} missed`,
  );
  for (const id of wrong) console.log(`  wrong: ${id}`);
  for (const id of missed) console.log(`  missed: ${id}`);
  if (run.status === 2) console.log(run.stderr);
  if (breaks) for (const breakage of breakages) breakSchema({ wild, checkout, run }, breakage);
  return [verdicts];
}

function judge({ right, useless = [] }: Wild, { findings }: Run): Verdicts {
  const errors = findings.filter(({ severity }) => severity === 'error').map(({ id }) => id);
  return {
    right: errors.filter((id) => right.includes(id)),
    useless: errors.filter((id) => useless.includes(id)),
    wrong: errors.filter((id) => !right.includes(id) && !useless.includes(id)),
    missed: right.filter((id) => !errors.includes(id)),
  };
}

/** Breaks the schema in one way, and prints the exit code: a repository that has errors already needs new ones. */
function breakSchema(whole: { wild: Wild; checkout: string; run: Run }, breakage: Breakage): void {
  const { wild, checkout, run } = whole;
  const unread = run.findings.flatMap(({ rule, table, column }) =>
    rule === 'missing-field' ? [`${table}.${column}`] : [],
  );
  const temporary = mkdtempSync(join(tmpdir(), 'rowsmith-'));
  const file = join(temporary, 'zz_break.sql');
  writeFileSync(file, breakingSql(breakage, run.tables, unread));
  const broken = runDrift(wild, checkout, [file]);
  rmSync(temporary, { recursive: true });
  const known = new Set(run.findings.filter(({ severity }) => severity === 'error').map(({ id }) => id));
  const fresh = broken.findings.filter(({ id, severity }) => severity === 'error' && !known.has(id));
  const isBroken = !broken.stderr.includes('nothing to break');
  const answer = isBroken ? `exit ${broken.status}, ${fresh.length} new errors` : 'no such column';
  console.log(`  ${breakage.name}: ${answer}`);
  if (!isBroken || fresh.length > 0) return;
  if (broken.status === 2) console.log(broken.stderr);
  process.exitCode = 1;
}
