import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import * as known from '../src/catalog/proofs/nullability/total-functions.js';
import { builtinsQuery } from '../src/catalog/query/builtins.js';
import { freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';
import { Random } from './support/random/random.js';
import { enumType, fittingArguments, sampleValues, standIns } from './support/sample-values.js';

/**
 * The number of calls of each function. `ROWSMITH_TOTAL_CALLS=2000 npm test -- test/total-functions.test.ts` tries
 * more.
 */
const most = Number(process.env['ROWSMITH_TOTAL_CALLS'] ?? 40);
const seed = Number(process.env['ROWSMITH_SOUNDNESS_SEED'] ?? 1);

/** A built-in function that is said to return no null, and the kind of that statement: see `facts.ts`. */
interface Routine {
  readonly name: string;
  readonly args: readonly string[];
  readonly variadic: boolean;
  readonly kind: string;
}

const signature = ({ name, args }: Routine) => `${name}(${args.join(', ')})`;

const routinesQuery = `select p.proname as name, b.kind, p.provariadic <> 0 and p.provariadic <> '"any"'::regtype as variadic,
  array(select t.typname::text from unnest(p.proargtypes) with ordinality a(type, place) join pg_type t on t.oid = a.type order by place) as args
from (${builtinsQuery}) b join pg_proc p on p.oid = b.id
where b.kind in ('total', 'null-proof', 'of first', 'of growing fields', 'of built-in types')`;

/**
 * Whether an expression is null (1) or not (0); -1 if it fails. It must not be a row, for which IS NULL means something
 * else.
 */
const tried = `create function tried(expression text) returns integer language plpgsql as $$
declare nulls integer;
begin execute 'select num_nulls(' || expression || ')' into nulls; return nulls; exception when others then return -1; end $$;`;

describe.each(POSTGRES_VERSIONS)('built-in functions of PostgreSQL %s', (version) => {
  test(`that are called total give no null for values that are odd (seed ${seed})`, async () => {
    const random = new Random(seed);
    const database = await freshDatabase(version, enumType + tried);
    const client = new pg.Client(database.url);
    await client.connect();
    try {
      const { rows: routines } = await client.query<Routine>(routinesQuery);
      const calls = routines.flatMap((routine) =>
        callsOf(routine, random).map((sql) => ({ sql, name: signature(routine) })),
      );
      const { rows } = await client.query<{ sql: string; result: number }>(
        'select sql, tried(sql) as result from unnest($1::text[]) as sql',
        [[...new Set(calls.map(({ sql }) => sql))]],
      );
      const results = new Map(rows.map(({ sql, result }) => [sql, result]));
      const answered = new Set(calls.filter(({ sql }) => results.get(sql) !== -1).map(({ name }) => name));
      expect(rows.filter(({ result }) => result === 1).map(({ sql }) => sql)).toEqual([]);
      const untried = routines.map(signature).filter((name) => !answered.has(name));
      expect(untried).toEqual([]);
      expect(routines.length).toBeGreaterThan(800);
    } finally {
      await client.end();
      await database.drop();
    }
  }, 600_000);
});

/** Calls with every combination of values or, if there are too many, with random ones. */
function callsOf(routine: Routine, random: Random): string[] {
  const { name, args, variadic, kind } = routine;
  const fitting = (fittingArguments[name] ?? []).map((list) => `pg_catalog.${name}(${list})`);
  const others = (valuesOf(args) ?? []).flatMap((values) => {
    const given = values.map((some, index) => argumentsOf(some, kind, index));
    const count = given.reduce((product, some) => product * some.length, 1);
    const rows = count <= most ? combinations(given) : random.times(most, () => given.map((some) => random.pick(some)));
    return rows.map((row) => {
      const last = variadic ? [`variadic ${row.at(-1)}`] : row.slice(-1);
      return `pg_catalog.${pg.escapeIdentifier(name)}(${[...row.slice(0, -1), ...last].join(', ')})`;
    });
  });
  return [...fitting, ...others];
}

/** The values that an argument takes: including null if it may be null, and the fields that grow if it is a field. */
function argumentsOf(values: readonly string[], kind: string, index: number): readonly string[] {
  if (kind === 'of growing fields' && index === 0) return growingFields.map((field) => `'${field}'`);
  const takesNull = kind === 'null-proof' || (kind === 'of first' && index > 0);
  return takesNull ? [...values, 'null'] : values;
}

const growingFields = ['epoch', 'year', 'isoyear', 'decade', 'century', 'millennium', 'julian'];

/** For each choice of types for polymorphic arguments, the values of each argument; undefined if a type has none. */
function valuesOf(args: readonly string[]): (readonly string[])[][] | undefined {
  const choices = Math.max(1, ...args.map((type) => standIns[type]?.length ?? 1));
  const types = (type: string, choice: number) => standIns[type]?.[choice % (standIns[type]?.length ?? 1)] ?? [type];
  const sets = Array.from({ length: choices }, (_, choice) =>
    args.map((type) => types(type, choice).flatMap((one) => sampleValues[one] ?? [])),
  );
  return sets.every((values) => values.every((some) => some.length > 0)) ? sets : undefined;
}

function combinations(given: readonly (readonly string[])[]): string[][] {
  return given.reduce<string[][]>((rows, some) => rows.flatMap((row) => some.map((one) => [...row, one])), [[]]);
}

test('every name that is called total is that of a function on some server', async () => {
  const names = new Set<string>();
  for (const version of POSTGRES_VERSIONS) {
    const database = await freshDatabase(version, '');
    const client = new pg.Client(database.url);
    await client.connect();
    const { rows } = await client.query<Routine>(routinesQuery);
    for (const { name } of rows) names.add(name);
    await client.end();
    await database.drop();
  }
  const listed = [...known.totalAlways, ...known.totalOverPlainTypes, ...known.totalSignatures];
  expect(listed.filter((name) => !names.has(name.replace(/\(.*/, '')))).toEqual([]);
});
