import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Config, generate } from '../src/index.js';
import { helperNames } from '../src/model/ts-type.js';
import { usedTypes, usedValues } from '../src/model/used-names.js';
import { typecheck } from './support/compile.js';
import { freshDatabase, newestVersion } from './support/postgres.js';
import { repositoryPath } from './support/repository.js';
import { usedNames } from './support/used-names.js';

/**
 * A schema in which every name has the mark `zq`, with something of everything that is generated. All other names in
 * generated code are its own.
 */
const marked = `
  create type zq_mood as enum ('a', 'b');
  create type zq_pair as (zq_x integer, zq_y bytea);
  create table zq_users (zq_id serial primary key, zq_at timestamptz not null default now(), zq_bytes bytea, zq_big bigint[],
    zq_status zq_mood not null);
  create table zq_tasks (zq_id serial primary key, zq_user_id integer not null references zq_users, zq_data jsonb not null,
    zq_mood zq_mood, zq_pair zq_pair, zq_range int4range, zq_made integer generated always as identity);
  create table zq_moves (zq_task_id integer not null references zq_tasks, to_state zq_mood not null, sort_key integer not null,
    most_recent boolean not null, metadata jsonb, created_at timestamptz not null, unique (zq_task_id, sort_key));
  create view zq_view as select zq_id from zq_users;
  create function zq_value(zq_a integer, zq_b timestamptz default now()) returns timestamptz stable language sql return zq_b;
  create function zq_rows(zq_a bytea) returns setof zq_users stable language sql begin atomic select * from zq_users; end;
  create function zq_run(zq_a integer) returns void language sql begin atomic end;
  create procedure zq_outs(zq_a integer, out zq_b integer) language sql begin atomic select 1; end;
  create function zq_mark(zq_users) returns text stable language sql return 'x';`;

const config: Config = {
  functions: ['*'],
  slices: { zq_slice: ['*'] },
  types: { brandIds: true },
  models: {
    zq_users: { state: { column: 'zq_status' } },
    zq_tasks: {
      state: { transitions: 'zq_moves' },
      json: { zq_data: { schema: './zq#zqSchema', validate: true } },
      computed: { zqCode: { code: './zq#zqCode', needs: ['zqId'] } },
    },
  },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-used-names-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function generated(sql: string, name: string, given: Config): Promise<string> {
  const database = await freshDatabase(newestVersion, sql);
  try {
    const out = join(folder, name);
    await generate({ config: { ...given, source: { url: database.url }, out }, folder });
    return out;
  } finally {
    await database.drop();
  }
}

/** The modules in which names of a schema occur. The runtime has none, nor do the modules that read through it. */
const modules = (out: string) =>
  (readdirSync(out, { recursive: true }) as string[])
    .filter((path) => path.endsWith('.ts') && !/^(runtime|guard\.ts|parsers\.ts)/.test(path))
    .sort();

const marks = {
  follows: (name: string) => /zq/i.test(name),
  isGiven: (name: string) => /^[Zz]q[A-Z][a-z]+$/.test(name),
};

const listed = 'src/model/used-names.ts';

test('the list of names that generated code uses is what it uses', async () => {
  const types = new Set<string>();
  const values = new Set<string>();
  for (const driver of ['pg', 'pg-parsers', 'pglite'] as const) {
    const out = await generated(marked, driver, { ...config, driver });
    for (const path of modules(out)) {
      const found = usedNames(path, readFileSync(join(out, path), 'utf8'), marks);
      for (const name of found.types) if (!(helperNames as readonly string[]).includes(name)) types.add(name);
      for (const name of found.values) values.add(name);
    }
  }
  const [allTypes, allValues] = [types, values].map((names) => [...names].sort());
  const text = `/**
 * The types and values that generated code uses besides those of the schema: imports, globals, type parameters, and
 * parameters that could hide a name of the schema. Taken from generated code by test/used-names.slow.ts, which fails
 * where a name is missing, and writes this file with ROWSMITH_UPDATE_CASES=1.
 */
export const usedTypes: readonly string[] = ${JSON.stringify(allTypes)};

export const usedValues: readonly string[] = ${JSON.stringify(allValues)};
`;
  if (process.env['ROWSMITH_UPDATE_CASES'] !== undefined) writeFileSync(repositoryPath(listed), text);
  expect([usedTypes, usedValues]).toEqual([allTypes, allValues]);
});

/** `AliasedExpression` → `aliased_expression`. */
const snake = (name: string) => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();
const names = [...new Set([...usedTypes, ...usedValues, ...helperNames].map(snake))].sort();
const quoted = (name: string) => `"${name}"`;

/** A table, an enum, a composite, a column, a function and a key for every name that generated code uses. */
const hostile = [
  ...names.map((name) => `create schema if not exists types; create type types.${quoted(name)} as enum ('x', 'y');`),
  ...names.map(
    (
      name,
    ) => `create table ${quoted(name)} (id serial primary key, ${quoted(`${name}_id`)} integer references ${quoted(name)},
      e types.${quoted(name)} not null, at timestamptz, bytes bytea, j jsonb not null,
      ${names
        .filter((other) => !['id', 'e', 'at', 'bytes', 'j'].includes(other))
        .map((other) => `${quoted(other)} text`)
        .join(', ')});
    create table ${quoted(`${name}_moves`)} (parent integer not null references ${quoted(name)}, to_state types.${quoted(name)} not null, sort_key integer not null,
      metadata jsonb, created_at timestamptz not null, unique (parent, sort_key));
    create function ${quoted(name)}(${quoted(name)} integer) returns setof public.${quoted(name)} stable language sql begin atomic select * from public.${quoted(name)}; end;`,
  ),
].join('\n');

describe('a schema that is called like generated code', () => {
  test.each(['pg', 'pg-parsers', 'pglite'] as const)('compiles under %s, and no read of it is any', async (driver) => {
    const out = await generated(hostile, `hostile-${driver}`, {
      driver,
      functions: ['public.*'],
      types: { brandIds: true },
    });
    const models = (readdirSync(join(out, 'models')) as string[]).map((file) => file.replace(/\.ts$/, ''));
    const checks = models.flatMap((file, index) => {
      const text = readFileSync(join(out, 'models', `${file}.ts`), 'utf8');
      const [, read] = /export function (read\w+)\(db/.exec(text) ?? [];
      const [, relations] =
        /export const (\w+): \{/.exec(readFileSync(join(out, 'relations', `${file}.ts`), 'utf8')) ?? [];
      return [
        `import { ${read} as read${index} } from './models/${file}.js';`,
        `import { ${relations} as relations${index} } from './relations/${file}.js';`,
        `export const row${index}: IsAny<Rows<ReturnType<typeof read${index}>>> = false;`,
        `export const fields${index}: AnyField<Rows<ReturnType<typeof read${index}>>> = [];`,
        `export const related${index}: AnyField<typeof relations${index}> = [];`,
      ];
    });
    writeFileSync(
      join(out, 'checks.ts'),
      `type IsAny<T> = 0 extends 1 & T ? true : false;
type Rows<T> = T extends Promise<(infer Row)[]> ? Row : never;
/** Nothing but an empty list, where no field of a type is any. */
type AnyField<T> = { [Key in keyof T]-?: IsAny<T[Key]> extends true ? Key : never }[keyof T][];
const given = (fields: never[]) => fields;
${checks.join('\n')}
export const all = [${models.flatMap((_, index) => [`given(fields${index})`, `given(related${index})`]).join(', ')}];
`,
    );
    expect(typecheck({ dir: out, compiler: '7', resolution: 'nodenext' }).output).toBe('');
  });
});
