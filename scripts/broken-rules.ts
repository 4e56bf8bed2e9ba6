/**
 * Breaks each rule of the proofs of nullability on purpose, and looks for a random statement that shows it: a column
 * that the broken rule calls not null, and that some row has null in. A rule that no statement shows is one that the
 * property test does not hold.
 *
 *     npm run broken-rules            all of them, on PostgreSQL 15 and 18
 *     npm run broken-rules -- EXISTS  those whose description has the word
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { build } from 'rolldown';
import { Reading } from '../src/catalog/reading.js';
import { openLive } from '../src/postgres/live/open-live.js';
import { rowsTogether, type Session } from '../src/postgres/session.js';
import { Random } from '../test/support/random/random.js';
import * as soundness from '../test/support/soundness.js';
import type { BrokenRule } from './broken-rules/broken.js';
import { conditionRules } from './broken-rules/conditions.js';
import { entryRules, scopeRules } from './broken-rules/entries.js';
import { expressionRules, frameRules } from './broken-rules/expressions.js';
import { defaultVersions, type PostgresVersion } from './postgres/binaries.js';
import { startPostgres } from './postgres.js';

const root = join(import.meta.dirname, '..');
const scratch = join(root, 'node_modules/.cache/rowsmith-broken-rules');

/** Statements, and a session that answers again what it was asked about them. */
interface Tried {
  readonly batches: readonly (readonly soundness.Ran[])[];
  readonly session: Session;
}

/** How many statements are analysed before it is asked whether the broken rule shows. */
const batch = 50;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { statements: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' } },
    allowPositionals: true,
  });
  const all = [...expressionRules, ...frameRules, ...entryRules, ...scopeRules, ...conditionRules];
  const rules = all.filter(({ rule }) => positionals.every((word) => rule.includes(word)));
  const tried: Tried[] = [];
  for (const version of defaultVersions)
    tried.push(await tryStatements(version, Number(values.statements), Number(values.seed)));
  const missed: BrokenRule[] = [];
  console.log(`| Broken rule | ${defaultVersions.map((version) => `PostgreSQL ${version}`).join(' | ')} |`);
  console.log(`|---|${defaultVersions.map(() => '---|').join('')}`);
  for (const [index, rule] of rules.entries()) {
    const found: (number | undefined)[] = [];
    const sources = await brokenSources(rule, index);
    for (const one of tried) found.push(await statementsUntilWrong(one, sources));
    if (found.every((count) => count === undefined)) missed.push(rule);
    console.log(`| ${rule.rule} | ${found.map((count) => count ?? '–').join(' | ')} |`);
  }
  console.log(
    `\n${rules.length - missed.length} of ${rules.length} broken rules were caught; the numbers are of statements.`,
  );
  process.exit(missed.length > 0 ? 1 : 0);
}

async function tryStatements(version: PostgresVersion, count: number, seed: number): Promise<Tried> {
  const random = new Random(seed);
  const server = await startPostgres(version);
  const client = new pg.Client(server.url);
  await client.connect();
  await client.query(soundness.soundnessSchema(random));
  const { recorded, replayed } = recording(await openLive(server.url, { timeout: 36_000 }));
  const reading = await Reading.begin(recorded);
  const batches: (readonly soundness.Ran[])[] = [];
  for (let done = 0; done < count; done += batch) {
    const ran = await soundness.statementsThatRun(client, random, { count: batch, version: Number(version) });
    const facts = await soundness.factsOf(reading, ran);
    await soundness.runWithNulls(client, ran, facts);
    const wrong = soundness.wronglyProven(ran, facts);
    if (wrong.length > 0) throw new Error(`Without a broken rule, too: ${wrong.join('\n')}`);
    batches.push(ran);
  }
  await client.end();
  return { batches, session: replayed };
}

/** A session whose answers are kept, and one that gives them again, so that only proofs take time from then on. */
function recording(session: Session): { readonly recorded: Session; readonly replayed: Session } {
  const answers = new Map<string, unknown>();
  const keep = async <Answer>(key: string, answer: Promise<Answer>): Promise<Answer> => {
    answers.set(key, await answer);
    return answer;
  };
  const kept = async <Answer>(key: string) => {
    if (!answers.has(key)) throw new Error(`The broken rule asks the server something else: ${key.slice(0, 500)}`);
    return answers.get(key) as Answer;
  };
  const sessionOf = (answer: <Answer>(key: string, ask: () => Promise<Answer>) => Promise<Answer>): Session => {
    const query = <Row>(sql: string) => answer(sql, () => session.query<Row>(sql));
    return {
      query,
      eachRow: rowsTogether(query),
      describe: (statements) => answer(JSON.stringify(statements), () => session.describe(statements)),
      limits: () => '',
      close: () => session.close(),
    };
  };
  return { recorded: sessionOf((key, ask) => keep(key, ask())), replayed: sessionOf((key) => kept(key)) };
}

/** How many statements it took until the broken rule showed; undefined where it did not. */
async function statementsUntilWrong({ batches, session }: Tried, { Reading: broken }: Sources) {
  const reading = await broken.begin(session);
  let before = 0;
  for (const ran of batches) {
    const facts = await soundness.factsOf(reading, ran);
    const wrong = ran.findIndex((_, at) => soundness.wronglyProven(ran.slice(at, at + 1), facts.slice(at)).length > 0);
    if (wrong >= 0) return before + wrong + 1;
    before += ran.length;
  }
  return undefined;
}

interface Sources {
  readonly Reading: typeof Reading;
}

/** The sources with one rule broken, in a bundle of their own. */
async function brokenSources({ rule, file, from, to }: BrokenRule, index: number): Promise<Sources> {
  const path = join(root, 'src/catalog', file);
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2)
    throw new Error(`${file} has this not once, so "${rule}" cannot be broken: ${from}`);
  const bundle = join(scratch, `${index}.mjs`);
  await build({
    input: join(root, 'src/catalog/reading.ts'),
    output: { file: bundle },
    external: [/^[^./]/],
    plugins: [{ name: 'break', load: (id) => (id === path ? text.replace(from, () => to) : null) }],
    logLevel: 'silent',
  });
  return (await import(bundle)) as Sources;
}

await main();
