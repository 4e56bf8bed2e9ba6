/**
 * Judges what is said of the columns of `queries/statements.sql`: which are called never null and are null in some row,
 * and which never are and are called nullable.
 *
 *     npm run bench:queries              rowsmith
 *     npm run bench:queries -- --peers   beside pgtyped and SafeQL
 */
import { parseArgs } from 'node:util';
import pg from 'pg';
import { Reading } from '../../src/catalog/reading.js';
import { openLive } from '../../src/postgres/live/open-live.js';
import { type Judged, judgedStatements, schoolSchema } from './queries/judged.js';
import { type Answer, type Peer, peersOn } from './queries/peers.js';
import { nullsSeen } from './queries/witnesses.js';
import { postgresUntilExit } from './until-exit.js';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { peers: { type: 'boolean', default: false } } });
  const server = await postgresUntilExit('18');
  const url = await server.createDatabase('school');
  const client = new pg.Client(url);
  await client.connect();
  await client.query(schoolSchema);
  await client.end();
  const judged = judgedStatements();
  const facts = await factsOf(url, judged);
  const contradicted = contradictions(judged, await nullsSeen(url, judged, facts));
  if (contradicted.length > 0)
    throw new Error(`statements.sql says what rows do not show:\n${contradicted.join('\n')}`);
  const own: Peer = {
    name: 'rowsmith',
    answers: facts.map(({ columns }) => new Map(columns.map(({ name, notNull }) => [name, !notNull]))),
  };
  const columns = judged.flatMap(({ canBeNull }) => [...canBeNull.values()]);
  const never = columns.filter((canBeNull) => !canBeNull).length;
  console.log(`${judged.length} statements, ${columns.length} columns; ${never} are never null.\n`);
  console.log('| | Unsound | Unproved | Statements without types |\n|---|---|---|---|');
  const all = [own, ...(values.peers ? peersOn(url, judged) : [])];
  for (const peer of all) console.log(row(peer, judged));
  for (const line of wrongly(own, judged)) console.log(line);
  await server.halt();
}

async function factsOf(url: string, judged: readonly Judged[]) {
  const session = await openLive(url);
  const reading = await Reading.begin(session);
  const facts = await reading.queries({ queries: judged.map(({ query }) => query), problems: [] });
  await reading.end();
  await session.close();
  return facts;
}

/** What the list says and no row shows, and what a row shows and the list denies. */
function contradictions(judged: readonly Judged[], seen: readonly ReadonlySet<string>[]): readonly string[] {
  return judged.flatMap(({ query, canBeNull }, index) =>
    [...canBeNull]
      .filter(([name, can]) => can !== (seen[index]?.has(name) ?? false))
      .map(([name, can]) => `${query.name}.${name} ${can ? 'was never null' : 'was null'}`),
  );
}

/** The columns that a generator judges otherwise than they are: `unsound` if it calls them never null. */
function misjudged(answers: readonly Answer[], judged: readonly Judged[]) {
  const columns = judged.flatMap(({ query, canBeNull }, index) =>
    [...canBeNull].map(([name, can]) => ({ name: `${query.name}.${name}`, can, said: answers[index]?.get(name) })),
  );
  return {
    unsound: columns.filter(({ can, said }) => can && said === false),
    unproved: columns.filter(({ can, said }) => !can && said === true),
  };
}

function row({ name, answers }: Peer, judged: readonly Judged[]): string {
  const { unsound, unproved } = misjudged(answers, judged);
  const without = answers.filter((answer) => answer === undefined).length;
  return `| ${name} | ${unsound.length} | ${unproved.length} | ${without} |`;
}

function wrongly({ answers }: Peer, judged: readonly Judged[]): readonly string[] {
  const { unsound, unproved } = misjudged(answers, judged);
  return [
    ...unsound.map(({ name }) => `\nrowsmith is wrong about ${name}`),
    ...unproved.map(({ name }) => `\nrowsmith does not prove ${name}`),
  ];
}

await main();
