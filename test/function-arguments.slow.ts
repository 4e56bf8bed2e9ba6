import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import { beside, writesOf } from '../scripts/matrix/checks.js';
import { type AnyDatabase, type Opened, openPglite, openServer } from '../scripts/matrix/drivers.js';
import { toExpression } from '../scripts/matrix/literal.js';
import { createMatrix, type Form, type MatrixType } from '../scripts/matrix/schema.js';
import { createDatabase } from '../scripts/postgres.js';
import { type Config, generate } from '../src/index.js';
import { camelCase } from '../src/model/names.js';
import { typecheck } from './support/compile.js';
import { newestVersion, serverUrl } from './support/postgres.js';
import { repositoryPath } from './support/repository.js';

/**
 * A function for every type of the matrix that returns its argument. Whatever may be written to a column may be passed;
 * the function returns what the column would return, and the result fits its type.
 */
interface Echo {
  readonly type: MatrixType;
  readonly form: Form;
  readonly caller: string;
  /** The value as TypeScript: for an insert, and for the caller. */
  readonly inserted: string;
  readonly passed: string;
}

const root = repositoryPath(`.rowsmith-arguments-${process.pid}.tmp`);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const profiles: readonly [NonNullable<Config['driver']> & string, () => Promise<Opened>][] = [
  ['pg', async () => openServer(await createDatabase(await serverUrl(newestVersion)))],
  ['pg-parsers', async () => openServer(await createDatabase(await serverUrl(newestVersion)))],
  ['pglite', openPglite],
];

test.each(profiles)(
  'an argument of every type arrives, and comes back as its type says, under %s',
  async (driver, open) => {
    const opened = await open();
    const folder = join(root, driver);
    mkdirSync(folder, { recursive: true });
    try {
      const echoes = await createEchoes(opened, driver);
      writeFileSync(join(folder, 'source.json'), await opened.catalog());
      await generate({
        config: { driver, functions: ['echo_*'], source: { catalog: 'source.json' }, include: ['m_*'], out: '.' },
        folder: realpathSync(folder),
      });
      const programs = echoes.map(
        ({ caller, passed }, index) =>
          `  c${index}: async (db: Kysely<any>) => (await db.selectNoFrom(f.${caller}({ x: ${passed} }).as('value')).executeTakeFirstOrThrow()).value,`,
      );
      const head = [
        "import type { Kysely } from 'kysely';",
        "import * as f from './functions.js';",
        "import { jsonText } from './runtime/write.js';",
        'void jsonText;',
      ];
      writeFileSync(join(folder, 'calls.ts'), [...head, 'export const calls = {', ...programs, '};'].join('\n'));

      await opened.ready();
      const parsers =
        driver === 'pg-parsers' ? ((await import(join(folder, 'parsers.ts'))) as { parsers(): object }).parsers() : {};
      const db = opened.connect(parsers);
      const { calls } = (await import(join(folder, 'calls.ts'))) as {
        readonly calls: { readonly [id: string]: (db: Kysely<AnyDatabase>) => Promise<unknown> };
      };
      const literals: string[] = [];
      for (const [index, echo] of echoes.entries()) {
        const given = toExpression(await calls[`c${index}`]?.(db));
        expect({ ...echo, given }).toEqual({ ...echo, given: toExpression(await insert(db, echo)) });
        literals.push(`{ const value: Given<'c${index}'> = ${given}; void value; }`);
      }
      const given = [
        "import type { calls } from './calls.js';",
        'type Given<Id extends keyof typeof calls> = Awaited<ReturnType<(typeof calls)[Id]>>;',
      ];
      writeFileSync(join(folder, 'check.ts'), [...given, ...literals].join('\n'));
      expect(echoes.length).toBeGreaterThan(400);
      expect(typecheck({ dir: folder, files: ['check.ts'], compiler: '7', resolution: 'nodenext' })).toEqual({
        ok: true,
        output: '',
      });
    } finally {
      await opened.close();
    }
  },
);

async function createEchoes(opened: Opened, driver: string): Promise<Echo[]> {
  const types = await createMatrix(opened.query);
  const echoes: Echo[] = [];
  for (const type of types) {
    // A function that returns a composite is a relation.
    for (const form of type.forms.filter(
      (each) => each === 'list' || (each === 'scalar' && !['pair', 'nested', 'd_pair'].includes(type.name)),
    )) {
      const name = `echo_${type.table}_${form}`;
      await opened.query(
        `do $do$ begin execute format('create function ${name}(x %1$s) returns %1$s language sql as ''select x''', (select format_type(atttypid, null) from pg_attribute where attrelid = '${type.table}'::regclass and attname = '${form}')); end $do$`,
      );
      const sample = type.sample && { ...type.sample, ...type.sample.profiles?.[driver] };
      // An interval that was read is not a literal, and the matrix writes one.
      const writes = sample
        ? writesOf(sample, form, []).filter(
            (expression) => expression !== 'interval' && !expression.includes('interval,'),
          )
        : [];
      // A caller accepts any JSON. PGlite, however, does not know a domain over it, and accepts its text.
      const isJson =
        form === 'scalar' && ['json', 'jsonb', ...(driver === 'pglite' ? [] : ['d_jsonb'])].includes(type.name);
      echoes.push(
        ...writes.map((inserted) => ({
          type,
          form,
          caller: camelCase(name),
          inserted,
          passed: isJson ? inserted.replace('jsonText(', '(') : inserted,
        })),
      );
    }
  }
  return echoes;
}

/** What a column of the type then contains. */
async function insert(db: Kysely<AnyDatabase>, { type, form, inserted }: Echo): Promise<unknown> {
  const value: unknown = new Function('jsonText', `return (${inserted})`)(JSON.stringify);
  const row = await db
    .insertInto(type.table)
    .values({ ...beside(type, form), [form]: value })
    .returning(form)
    .executeTakeFirstOrThrow();
  return row[form];
}
