/**
 * Stands for `pg` in the tests and for `src/postgres/live/open-live.ts` everywhere. With ROWSMITH_RECORD set every answer of a server
 * is kept in the file of ROWSMITH_RECORDED; without, answers come from there, and a question that was never asked fails: a mutant changed it.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { getState } from 'jest-circus';
import pg from 'pg';
import { openLive as openServer, type LiveOptions } from '../../src/postgres/live/open-live.js';
import { rowsTogether, type Session } from '../../src/postgres/session.js';

type Answer = { readonly value: unknown } | { readonly failure: { readonly message: string; readonly fields: object } };

const file = process.env['ROWSMITH_RECORDED'] ?? '';
const recording = process.env['ROWSMITH_RECORD'] !== undefined;
// Outlives the reloading of the bundle, which each mutant needs.
const kept = globalThis as { rowsmithAnswers?: Map<string, Answer[]> };
const answers = (kept.rowsmithAnswers ??= existsSync(file) && !recording ? (deserialize(readFileSync(file)) as Map<string, Answer[]>) : new Map());
const asked = new Map<string, number>();

if (recording) process.once('exit', () => writeFileSync(file, serialize(answers)));

function testName(): string {
  const { currentlyRunningTest, currentDescribeBlock } = getState();
  const names: string[] = [];
  for (let at: { readonly name: string; readonly parent?: unknown } | undefined = currentlyRunningTest ?? currentDescribeBlock; at; at = at.parent as typeof at) names.unshift(at.name);
  return names.join(' ');
}

/** Without what differs from run to run: the names of databases, and the time that is left. */
const normal = (sql: string) => sql.replace(/\bdb_[0-9a-f]{12}/g, 'db').replace(/\/\*limits\*\/[^]*?\/\*limits\*\//g, '');

async function answer<Value>(sql: string, parameters: unknown, ask: () => Promise<Value>): Promise<Value> {
  const key = JSON.stringify([testName(), normal(sql), parameters]);
  const known = answers.get(key) ?? [];
  if (recording) {
    answers.set(key, known);
    try {
      const value = await ask();
      known.push({ value });
      return value;
    } catch (error) {
      known.push({ failure: { message: String((error as Error).message), fields: { ...(error as object) } } });
      throw error;
    }
  }
  const time = asked.get(key) ?? 0;
  asked.set(key, time + 1);
  const found = known[Math.min(time, known.length - 1)];
  if (!found) throw new Error(`No server was asked: ${sql}`);
  if ('failure' in found) throw Object.assign(new pg.DatabaseError(found.failure.message, 0, 'error'), found.failure.fields);
  return structuredClone(found.value) as Value;
}

export async function openLive(url: string | undefined, options?: LiveOptions): Promise<Session> {
  const server = recording ? await openServer(url, options) : undefined;
  const real = () => server as Session;
  const query = <Row>(sql: string) => answer(sql, 'session', () => real().query<Row>(sql));
  return {
    query,
    eachRow: rowsTogether(query),
    describe: (sql) => answer(sql, 'describe', () => real().describe(sql)),
    limits: () => `/*limits*/${server?.limits() ?? ''}/*limits*/`,
    close: async () => server?.close(),
  };
}

class Client {
  readonly #client: pg.Client | undefined;

  constructor(url: string) {
    this.#client = recording ? new pg.Client(url) : undefined;
  }

  async connect(): Promise<void> {
    await this.#client?.connect();
  }

  query(sql: string, values?: unknown[]) {
    return answer(sql, values, async () => {
      const plain = ({ rows, rowCount }: pg.QueryResult) => ({ rows: rows as unknown[], rowCount });
      const result: unknown = await this.#client?.query(sql, values);
      return Array.isArray(result) ? result.map(plain) : plain(result as pg.QueryResult);
    });
  }

  escapeIdentifier(name: string): string {
    return pg.escapeIdentifier(name);
  }

  async end(): Promise<void> {
    await this.#client?.end();
  }
}

export default { Client, DatabaseError: pg.DatabaseError, escapeIdentifier: pg.escapeIdentifier };
