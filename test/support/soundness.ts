import type pg from 'pg';
import type { QueryFact } from '../../src/catalog/catalog.js';
import type { QueryText } from '../../src/catalog/queries/query-text.js';
import { readQueries } from '../../src/catalog/queries/read-queries.js';
import { parameterNames, sentText } from '../../src/catalog/queries/sent-text.js';
import type { Reading } from '../../src/catalog/reading.js';
import { createOddRelations } from './random/odd-relations.js';
import type { Random } from './random/random.js';
import { type RandomStatement, statement } from './random/statements.js';
import { tables } from './random/tables.js';

/** How many columns most statements give. */
const width = 5;

/** The relations that random statements are about. */
export const soundnessSchema = (random: Random): string => tables(random) + createOddRelations(random);

/** A random statement that runs and gives rows, and its columns that some row had null in. */
export interface Ran extends RandomStatement {
  readonly query: QueryText;
  readonly nulls: Set<string>;
}

/** Random statements, tried until so many gave rows, each with values for all of its parameters. */
export async function statementsThatRun(
  client: pg.Client,
  random: Random,
  { count, version }: { readonly count: number; readonly version: number },
): Promise<readonly Ran[]> {
  await client.query('set statement_timeout = 2000');
  const ran: Ran[] = [];
  while (ran.length < count) {
    const one = statement(random, { width, version });
    const { queries, problems } = readQueries({ path: 'q.sql', text: one.sql });
    const [query] = queries;
    if (!query) throw new Error(`${problems[0]?.message}: ${one.sql}`);
    const nulls = await nullColumns(client, query, one.values);
    if (nulls) ran.push({ ...one, query, nulls: new Set(nulls) });
  }
  return ran;
}

/** Runs each statement again, with null for the parameters that may be null, all of them and each alone. */
export async function runWithNulls(client: pg.Client, ran: readonly Ran[], facts: readonly QueryFact[]): Promise<void> {
  for (const [index, { query, values, nulls }] of ran.entries()) {
    const nullable = (facts[index]?.parameters ?? []).filter((one) => one.nullable).map(({ name }) => name);
    const sets = nullable.length > 1 ? [nullable, ...nullable.map((name) => [name])] : [nullable];
    for (const names of sets.filter(({ length }) => length > 0)) {
      const given = { ...values, ...Object.fromEntries(names.map((name) => [name, null])) };
      for (const name of (await nullColumns(client, query, given)) ?? []) nulls.add(name);
    }
  }
}

/** The columns that are null in some row; undefined where there is no row, or the statement fails. */
async function nullColumns(
  client: pg.Client,
  query: QueryText,
  values: { readonly [name: string]: string | null },
): Promise<readonly string[] | undefined> {
  const names = parameterNames(query);
  const { sql } = sentText(query, (use) => `$${names.indexOf(query.uses[use]?.name ?? '') + 1}`);
  await client.query('begin');
  try {
    const { rows } = await client.query(
      sql,
      names.map((name) => values[name] ?? null),
    );
    return rows.length > 0 ? rows.flatMap((row) => Object.keys(row).filter((name) => row[name] === null)) : undefined;
  } catch {
    return undefined;
  } finally {
    await client.query('rollback');
  }
}

/** What a reading knows of statements. */
export const factsOf = (reading: Pick<Reading, 'queries'>, ran: readonly Ran[]): Promise<readonly QueryFact[]> =>
  reading.queries({ queries: ran.map(({ query }) => query), problems: [] });

/** The columns of statements that are called not null, and are null in some row. */
export function wronglyProven(ran: readonly Ran[], facts: readonly QueryFact[]): readonly string[] {
  return ran.flatMap(({ sql, nulls }, index) =>
    (facts[index]?.columns ?? [])
      .filter(({ name, notNull }) => notNull && nulls.has(name))
      .map(({ name }) => `${name} of ${sql}`),
  );
}

export const countColumns = (facts: readonly QueryFact[]): number =>
  facts.reduce((sum, { columns }) => sum + columns.length, 0);

export const countProven = (facts: readonly QueryFact[]): number =>
  facts.reduce((sum, { columns }) => sum + columns.filter(({ notNull }) => notNull).length, 0);
