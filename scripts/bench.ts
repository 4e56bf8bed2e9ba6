/**
 * All measurements, each beside what it is held against, printed and written to `bench/results.md`, part by part. They
 * judge nothing, and belong on a machine that has nothing else to do; everything takes about two hours, most of it the
 * types. `npm run build` comes first.
 *
 *     npm run bench                                       everything
 *     npm run bench -- live runtime                       these parts: live, queries, sql, runtime, types, related
 *     npm run bench -- live --sizes 13,100 --rounds 3     small: these numbers of tables, this many rounds
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { installedNodes, peerPackages } from './bench/installed.js';
import { benchLive } from './bench/live.js';
import { benchLiveQueries } from './bench/live-queries.js';
import { benchRelated } from './bench/related.js';
import { benchRuntime, nodeVersions } from './bench/runtime.js';
import { benchSql } from './bench/sql.js';
import { root } from './bench/types/run.js';
import { benchTypes } from './bench/types.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string' },
    rounds: { type: 'string' },
    rows: { type: 'string' },
    out: { type: 'string', default: join(root, 'bench/results.md') },
  },
});
const given = {
  ...(values.sizes === undefined ? {} : { sizes: values.sizes.split(',').map(Number) }),
  ...(values.rounds === undefined ? {} : { rounds: Number(values.rounds) }),
  ...(values.rows === undefined ? {} : { rows: Number(values.rows) }),
};

// On a file system in memory, where there is one: how a disk is today is no part of the question.
if (existsSync('/dev/shm')) process.env['TMPDIR'] = '/dev/shm';

/** Each part, with what its table is about. */
const parts: Readonly<Record<string, { readonly title: string; readonly measure: () => string | Promise<string> }>> = {
  live: { title: 'A live database', measure: () => benchLive(given) },
  queries: { title: 'Queries of SQL files', measure: () => benchLiveQueries(given) },
  sql: { title: 'SQL files', measure: () => benchSql(given) },
  runtime: { title: 'At run time', measure: () => benchRuntime(given) },
  types: { title: 'What the types cost the compiler and the editor', measure: () => benchTypes(given) },
  related: { title: 'What related rows cost the compiler', measure: () => benchRelated(given) },
};

async function main(): Promise<void> {
  const unknown = positionals.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined)
    throw new Error(`There is no part "${unknown}"; there are ${Object.keys(parts).join(', ')}.`);
  const chosen = Object.entries(parts).filter(([name]) => positionals.length === 0 || positionals.includes(name));
  const sections = [
    `# Measurements\n\n${machine()}\n\nMedians; times are wall-clock times of whole processes, on a file system in memory, unless said otherwise. Ratios are of one round each.`,
  ];
  for (const [, { title, measure }] of chosen) {
    const section = `## ${title}\n\n${await measure()}`;
    console.log(`${section}\n`);
    sections.push(section);
    mkdirSync(dirname(values.out), { recursive: true });
    writeFileSync(values.out, `${sections.join('\n\n')}\n`);
  }
}

/** What was measured, on what; nothing that names the machine. */
function machine(): string {
  const packages = ['postgres-15', '@electric-sql/pglite', 'typescript', 'typescript-6', 'typescript-7'].map(
    (name) => `${name} ${installedVersion(name)}`,
  );
  const others = [...installedNodes(nodeVersions).keys()].map(
    (line) => nodeVersions[line as keyof typeof nodeVersions],
  );
  return [
    `- ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `- Node ${process.version}; for run times ${others.join(' and ')}`,
    `- ${packages.join(', ')}`,
    `- beside ${peerPackages
      .slice(0, 1)
      .map((name) => name.replace(/@(?=[^@]+$)/, ' '))
      .join(', ')}`,
  ].join('\n');
}

function installedVersion(name: string): string {
  return (
    JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as { readonly version: string }
  ).version;
}

await main();
