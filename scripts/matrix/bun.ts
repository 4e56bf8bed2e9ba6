import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '../postgres.js';
import type { Check } from './checks.js';
import { nameOf, readTable } from './page.js';
import type { Seen } from './seen.js';

/** The version that the documentation describes. */
const version = '1.4.5';

/** What `bun-main.ts` prints. */
interface BunResult {
  readonly types: number;
  readonly checks: number;
  readonly seen: readonly Seen[];
  /** What `pglite` accepts and Bun does not. */
  readonly refused: readonly Check[];
}

/**
 * Runs the matrix in Bun, over its `SQL`, on PostgreSQL 18, and writes what it returned and accepted into
 * `docs/drivers.md`. rowsmith has no profile for Bun, so there is no count of wrong types.
 */
export async function measureBun(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'rowsmith-bun-'));
  const server = await startPostgres('18');
  try {
    const main = fileURLToPath(new URL('bun-main.ts', import.meta.url));
    const { types, checks, seen, refused } = JSON.parse(
      run(installed(home), [main, await server.createDatabase()], home),
    ) as BunResult;
    console.log(`Bun ${version} | PostgreSQL 18 | ${types} types | ${checks} claims`);
    writePage(seen, refused);
  } finally {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Installs Bun, and returns the path of its program, which is in a package for the platform. */
function installed(home: string): string {
  writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true }));
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', `bun@${version}`], home);
  const platforms = join(home, 'node_modules/@oven');
  const [platform = ''] = readdirSync(platforms);
  return join(platforms, platform, 'bin/bun');
}

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
  return stdout;
}

function writePage(seen: readonly Seen[], refused: readonly Check[]): void {
  const page = fileURLToPath(new URL('../../docs/drivers.md', import.meta.url));
  const [before, , after] = readFileSync(page, 'utf8').split(/(?<=<!-- Bun -->\n)|(?=<!-- end of Bun -->)/);
  if (before === undefined || after === undefined) throw new Error('docs/drivers.md has no place for what Bun does.');
  const read = `What Bun's \`SQL\` reads:\n\n${readTable(new Map([['Bun.SQL', seen]]))}`;
  writeFileSync(page, `${before}\n${read}\n\n${refusedTable(refused)}\n\n${after}`);
}

/** The types for which Bun, or Postgres under it, refuses values that are written with the profile `pglite`. */
function refusedTable(refused: readonly Check[]): string {
  const namesOf = (ofForm: (form: Check['form']) => boolean) => {
    const names = refused.filter(({ form }) => ofForm(form)).flatMap(({ type }) => nameOf(type) ?? []);
    return [...new Set(names)].join(', ') || '-';
  };
  const rows = [
    `| that stands alone: a number or a boolean | ${namesOf((form) => form === 'scalar')} |`,
    `| that is a JavaScript array | ${namesOf((form) => form !== 'scalar')} |`,
  ];
  return `What it refuses, and \`pglite\` takes:\n\n| A value | of these types |\n|---|---|\n${rows.join('\n')}`;
}
