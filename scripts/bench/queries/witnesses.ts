import pg from 'pg';
import type { QueryFact } from '../../../src/catalog/catalog.js';
import { parameterNames, sentText } from '../../../src/catalog/queries/sent-text.js';
import { Random } from '../../../test/support/random/random.js';
import type { Judged } from './judged.js';

/** How many sets of random rows the statements run over. */
const rounds = 60;

/**
 * Runs the statements over random rows, with random arguments, and gives the columns of each that were null in some
 * row. Nothing stays in the database.
 */
export async function nullsSeen(
  url: string,
  judged: readonly Judged[],
  facts: readonly QueryFact[],
): Promise<readonly ReadonlySet<string>[]> {
  const random = new Random(1);
  const client = new pg.Client(url);
  await client.connect();
  const seen = judged.map(() => new Set<string>());
  for (let round = 0; round < rounds; round++) {
    await client.query('begin');
    await client.query(randomRows(random));
    for (const [index, { query }] of judged.entries()) {
      const names = parameterNames(query);
      const { sql } = sentText(query, (use) => `$${names.indexOf(query.uses[use]?.name ?? '') + 1}`);
      const values = (facts[index]?.parameters ?? []).map((parameter) => argument(random, parameter));
      await client.query('savepoint one');
      // A statement may break a constraint, and divide by zero.
      const { rows } = await client.query(sql, values).catch(() => ({ rows: [] as Record<string, unknown>[] }));
      await client.query('rollback to one');
      for (const row of rows) for (const name of Object.keys(row)) if (row[name] === null) seen[index]?.add(name);
    }
    await client.query('rollback');
  }
  await client.end();
  return seen;
}

const texts = ['a', 'b', 'ab', ''];
const days = ['2025-01-01', '2025-01-03', '2026-06-01'];

function argument(random: Random, { type, nullable }: QueryFact['parameters'][number]): unknown {
  const one = () => {
    if (type.name === 'date' || type.name.startsWith('timestamp')) return random.pick(days);
    if (type.name === 'level') return random.pick(['beginner', 'advanced']);
    return type.name === 'text' ? random.pick(texts) : random.below(9);
  };
  if (nullable && random.chance(40)) return null;
  return type.dimensions === undefined ? one() : random.times(2, () => (random.chance(25) ? null : one()));
}

/** Rows for all tables; in some rounds several tables stay empty. */
function randomRows(random: Random): string {
  const text = () => `'${random.pick(texts)}'`;
  const day = () => `'${random.pick(days)}'`;
  const number = () => String(random.below(6));
  const orNull = (value: string) => (random.chance(35) ? 'null' : value);
  const tags = () => random.pick(["'{}'", "'{a,b}'", "'{NULL,b}'", '\'{""}\'']);
  const details = () => random.pick([`'{}'`, `'{"language":"a","seats":3,"exam":null}'`, `'{"language":null}'`]);
  const rows = (table: string, row: (key: number) => readonly string[], fewest = 0) => {
    const count = random.chance(20) ? fewest : 6;
    const values = random.times(count, (key) => `(${row(key).join(', ')})`).join(', ');
    return count === 0 ? '' : `insert into ${table} values ${values} on conflict do nothing;`;
  };
  return [
    rows('teacher', (key) => [`${key}`, text(), orNull(text()), orNull(`${random.below(key + 1)}`), day(), tags()], 6),
    rows(
      'course',
      (key) => [
        ...[
          `${key}`,
          text(),
          orNull(random.pick([`'beginner'`, `'advanced'`])),
          orNull(number()),
          orNull(random.chance(10) ? `'infinity'` : day()),
        ],
        ...[number(), orNull(number()), details(), orNull(tags())],
      ],
      6,
    ),
    rows(
      'student',
      (key) => [
        `${key}`,
        text(),
        orNull(text()),
        orNull(day()),
        orNull(text()),
        orNull(`${random.below(key + 1)}`),
        day(),
      ],
      6,
    ),
    rows('enrolment', () => [number(), number(), day(), orNull(day()), orNull(number()), orNull(text())]),
    rows('lesson', (key) => [`${key}`, number(), orNull(day()), orNull(text()), number(), orNull(text())]),
    rows('payment', (key) => [
      ...[`${key}`, number(), orNull(number()), `${1 + random.below(5)}`],
      ...[orNull(random.chance(20) ? `'infinity'` : day()), orNull(`'${random.pick(texts)}${key}'`)],
    ]),
  ].join('\n');
}
