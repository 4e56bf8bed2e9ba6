import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parameterNames, sentText } from '../../../src/catalog/queries/sent-text.js';
import { installed } from '../installed.js';
import type { Judged } from './judged.js';

/** What a generator says of the columns of a statement: whether each can be null; undefined where it says nothing. */
export type Answer = ReadonlyMap<string, boolean> | undefined;

/** A generator that is measured beside rowsmith: its name and version, and what it says of statements. */
export interface Peer {
  readonly name: string;
  readonly answers: readonly Answer[];
}

/** The pinned packages; SafeQL asks for the parser, and pgtyped for a compiler. */
const packages = [
  '@pgtyped/cli@2.4.3',
  '@ts-safeql/generate@4.1.1',
  'libpg-query@17.5.2',
  'postgres@3.4.7',
  'typescript@5.9.3',
];

/** Installs the peers into a folder of their own, and asks each about the statements. */
export function peersOn(url: string, judged: readonly Judged[]): readonly Peer[] {
  const folder = installed('query-peers', packages);
  return [
    { name: 'pgtyped 2.4.3', answers: askPgtyped(folder, url, judged) },
    { name: 'SafeQL 4.1.1', answers: askSafeql(folder, url, judged) },
  ];
}

/** Runs the command line of pgtyped on a file for each statement, and reads the interfaces that it writes. */
function askPgtyped(folder: string, url: string, judged: readonly Judged[]): readonly Answer[] {
  const sources = join(folder, 'pgtyped');
  rmSync(sources, { recursive: true, force: true });
  mkdirSync(sources, { recursive: true });
  for (const { query } of judged) {
    const { sql } = sentText(query, (use) => `:${query.uses[use]?.name}`);
    writeFileSync(join(sources, `${query.name}.sql`), `/* @name ${query.name} */\n${sql};\n`);
  }
  const config = {
    transforms: [{ mode: 'sql', include: '**/*.sql', emitTemplate: '{{dir}}/{{name}}.queries.ts' }],
    srcDir: sources,
    dbUrl: url,
    failOnError: false,
    camelCaseColumnNames: false,
  };
  writeFileSync(join(folder, 'pgtyped.json'), JSON.stringify(config));
  run(folder, ['node_modules/@pgtyped/cli/lib/index.js', '-c', 'pgtyped.json']);
  return judged.map(({ query }) => {
    const path = join(sources, `${query.name}.queries.ts`);
    const [, body] = /interface I\w+Result \{\n([^}]*)\}/.exec(readIfThere(path)) ?? [];
    if (body === undefined) return undefined;
    const fields = [...body.matchAll(/^ {2}(?:"([^"]+)"|(\w+)): (.*);$/gm)];
    return new Map(fields.map(([, quoted, name, type = '']) => [quoted ?? name ?? '', / \| null$/.test(type)]));
  });
}

/** Runs SafeQL's generator, which its plugin of ESLint uses, on each statement. */
function askSafeql(folder: string, url: string, judged: readonly Judged[]): readonly Answer[] {
  const texts = judged.map(({ query }) => {
    const names = parameterNames(query);
    return sentText(query, (use) => `$${names.indexOf(query.uses[use]?.name ?? '') + 1}`).sql;
  });
  writeFileSync(join(folder, 'safeql.json'), JSON.stringify({ url, texts }));
  writeFileSync(join(folder, 'safeql.mjs'), safeqlProgram);
  const answers = JSON.parse(run(folder, ['safeql.mjs'])) as readonly (readonly [string, boolean][] | null)[];
  return answers.map((columns) => (columns ? new Map(columns) : undefined));
}

const safeqlProgram = `
import { readFileSync } from 'node:fs';
import { createGenerator } from '@ts-safeql/generate';
import postgres from 'postgres';
const { url, texts } = JSON.parse(readFileSync('safeql.json', 'utf8'));
const sql = postgres(url, { max: 1, onnotice: () => {} });
const generator = createGenerator();
const canBeNull = ({ kind, value }) => (kind === 'union' ? value.some(canBeNull) : kind === 'type' && value === 'null');
const answers = [];
for (const text of texts) {
  const query = { text, sourcemaps: [] };
  const told = await generator.generate({ sql, query, cacheKey: 'school', fieldTransform: undefined }).catch(() => undefined);
  const output = told?._tag === 'Right' ? told.right.output : undefined;
  answers.push(output ? output.value.map(([name, type]) => [name, canBeNull(type)]) : null);
}
console.log(JSON.stringify(answers));
await sql.end();
`;

function run(cwd: string, args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0 && stdout === '') throw new Error(`${args.join(' ')}\n${stderr}`);
  return stdout;
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
