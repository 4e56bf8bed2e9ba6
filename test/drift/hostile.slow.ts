import { describe, expect, test } from '@jest/globals';
import { readModels } from '../../src/drift/readers/read.js';
import { assign } from '../../src/drift/renames/assign.js';
import { bestEdges } from '../../src/drift/renames/best-edges.js';
import { TimeLimit } from '../../src/drift/time-limit.js';
import { catalogOf, findingsOf, readText, relation } from './support.js';

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');
const columns = (count: number, name: (index: number) => string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [name(index), 'text!']));
const fieldsOf = async (text: string, model: string, file = 'a.ts') =>
  (await readText(text, file)).models
    .find(({ name }) => name === model)
    ?.fields.map(({ name, type }) => `${name}: ${type.name}`);

describe('what refers to the next in two places is looked at once, in TypeScript', () => {
  test.each<[string, string, string[]]>([
    [
      'unions',
      `${lines(30, (i) => `type T${i} = T${i + 1} | T${i + 1};`)} type T30 = string; interface Task { id: T0 }`,
      ['id: string'],
    ],
    [
      'unions in a circle',
      `${lines(60, (i) => `type T${i} = string | T${(i + 1) % 60} | T${(i + 2) % 60};`)} interface Task { id: T0 }`,
      ['id: string'],
    ],
    [
      'intersections',
      `${lines(30, (i) => `type T${i} = T${i + 1} & T${i + 1};`)} type T30 = { id: string }; interface Task extends T0 {}`,
      ['id: string'],
    ],
    [
      'keys',
      `${lines(30, (i) => `type K${i} = K${i + 1} | K${i + 1};`)} type K30 = 'id'; type Task = Record<K0, string>;`,
      ['id: string'],
    ],
    [
      'mapped types',
      `${lines(30, (i) => `type T${i} = Partial<T${i + 1}> & Partial<T${i + 1}>;`)} type T30 = { id: string }; type Task = T0;`,
      ['id: string'],
    ],
    [
      'parents',
      `${lines(30, (i) => `interface A${i} extends A${i + 1}, B${i + 1} {} interface B${i} extends A${i + 1}, B${i + 1} {}`)} interface A30 { id: string } interface B30 {} interface Task extends A0 {}`,
      ['id: string'],
    ],
    [
      'zod unions',
      `${lines(30, (i) => `const t${i} = z.union([t${i + 1}, t${i + 1}]);`)} const t30 = z.string(); const Task = z.object({ id: t0 });`,
      ['id: string'],
    ],
    [
      'zod objects',
      `${lines(30, (i) => `const t${i} = t${i + 1}.merge(t${i + 1});`)} const t30 = z.object({ id: z.string() }); const Task = t0;`,
      ['id: string'],
    ],
  ])('%s', async (_, text, fields) => expect(await fieldsOf(text, 'Task')).toEqual(fields));
});

describe('texts are read in proportion to their length', () => {
  test.each<[string, string, string]>([
    [
      'attributes in attributes',
      'a.rs',
      `#[cfg${'(cfg'.repeat(100_000)}${')'.repeat(100_000)}]\nstruct Task { id: String }`,
    ],
    ['signs in an attribute', 'a.rs', `#[cfg(${'#'.repeat(300_000)})]\nstruct Task { id: String }`],
    ['doc comments', 'a.rs', `${'/// a\n'.repeat(100_000)}struct Task { id: String }`],
    ['a comment of blank lines', 'a.ts', `/*${'\n'.repeat(1_000_000)}*/\ninterface Task { id: string }`],
    ['a name of capitals', 'a.ts', `interface ${'A'.repeat(200_000)} { id: string }\ninterface Task { id: string }`],
    ['a text that begins with dashes', 'a.ts', `const a = \`${'-- '.repeat(60)}x\`;\ninterface Task { id: string }`],
    [
      'statements that do not end',
      'a.ts',
      `const a = \`select from ${'insert into a ('.repeat(200_000)}\`;\ninterface Task { id: string }`,
    ],
    ['strings that are added up', 'a.ts', `const a = ${"'x' + ".repeat(20_000)}'y';\ninterface Task { id: string }`],
    [
      'queries in one function',
      'a.ts',
      `async function f() {\n${'const { rows } = await query(SQL);\n'.repeat(20_000)}}\nconst SQL = 'select a from b';\ninterface Task { id: string }`,
    ],
    [
      'types and their queries in one function',
      'a.ts',
      `async function f() {\n${lines(10_000, (i) => `type R${i} = { id: string }; query<R${i}>('select id from tasks');`)}}\ninterface Task { id: string }`,
    ],
    [
      'statements in thousands',
      'a.ts',
      `const a = [${"'select a from b',".repeat(150_000)}];\ninterface Task { id: string }`,
    ],
  ])('%s', async (_, file, text) => {
    const { findings, models } = await findingsOf(catalogOf(relation('tasks', { id: 'text!' })), text, {}, file);
    expect(findings.filter(({ table, rule }) => table === 'tasks' || rule === 'unread')).toEqual([]);
    expect(models.filter(({ model }) => !model.isInline).at(-1)).toMatchObject({ status: 'compared' });
  });
});

describe('what would grow without end is refused in a sentence', () => {
  test.each<[string, string, string]>([
    [
      'heirs of a wide type',
      'a.ts',
      `interface Base { ${lines(2000, (i) => `f${i}: string;`)} }\n${lines(2000, (i) => `interface H${i} extends Base {}`)}`,
    ],
    [
      'flattened structs',
      'a.rs',
      `${lines(8, (i) => `#[derive(FromRow)] struct S${i} { ${lines(9, (j) => `#[sqlx(flatten)] f${j}: S${i + 1},`)} }`)}\nstruct S8 { id: String }`,
    ],
  ])('%s', async (_, file, text) => {
    await expect(readText(text, file)).rejects.toMatchObject({
      code: 'models-not-readable',
      message: expect.stringContaining('more than 1,000,000 fields'),
    });
  });

  test('a type that is nested deeper than the stack, behind aliases', async () => {
    const nested = (inside: string) => `${'Array<'.repeat(250)}${inside}${'>'.repeat(250)}`;
    const text = `${lines(32, (i) => `type T${i} = ${nested(`T${i + 1}`)};`)} type T32 = ${nested('string')}; interface Task { id: T0 } interface Note { id: string }`;
    const { models, unread } = await readText(text, 'a.ts');
    expect(models.map(({ name }) => name)).toContain('Note');
    for (const one of unread) expect(one).toMatchObject({ reason: 'it is nested too deeply', broken: true });
  });
});

describe('renames among very many names', () => {
  test('3,000 fields beside 1,500 columns, of which one is renamed', async () => {
    const fields = `${lines(3000, (i) => `gadget_${i}: string;`)} retry_maximum: string;`;
    const table = relation('tasks', { ...columns(1500, (i) => `widget_${i + 5000}`), retry_limit: 'text!' });
    const { findings } = await findingsOf(catalogOf(table), `interface Task { ${fields} }`, {}, 'a.ts');
    expect(findings.filter(({ rule }) => rule === 'renamed-field').map(({ id }) => id)).toEqual([
      'renamed-field/tasks/retry_limit/retry_maximum',
    ]);
  });

  test('names that are all alike tell none', async () => {
    const code = (i: number) =>
      [i % 26, Math.floor(i / 26) % 26, Math.floor(i / 676)].map((digit) => String.fromCharCode(97 + digit)).join('');
    const table = relation(
      'tasks',
      columns(1500, (i) => `customer${code(i)}_detail_title`),
    );
    const { findings } = await findingsOf(
      catalogOf(table),
      `interface Task { ${lines(3000, (i) => `customer${code(i)}_detail_name: string;`)} }`,
      {},
      'a.ts',
    );
    expect(findings.filter(({ rule }) => rule === 'renamed-field')).toEqual([]);
  });

  test('the assignment has the greatest sum, however long the sides are', () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    for (let round = 0; round < 300; round++) {
      const [rows, width] = [1 + Math.floor(random() * 5), 1 + Math.floor(random() * 5)];
      const worth = Array.from({ length: rows }, () =>
        Array.from({ length: width }, () => (random() < 0.5 ? 0 : Math.ceil(random() * 1000))),
      );
      const sum = assign(worth).reduce((total, column, row) => total + (worth[row]?.[column] ?? 0), 0);
      const edges = worth.flatMap((line, row) =>
        line.flatMap((value, column) => (value > 0 ? [{ row, column, value }] : [])),
      );
      expect(sum).toBe(best(worth, 0, new Set()));
      expect(bestEdges(edges).reduce((total, { value }) => total + value, 0)).toBe(sum);
    }
  });

  test('one column and 50,000 rows', () => {
    expect(
      assign(Array.from({ length: 50_000 }, (_, row) => [row % 777])).filter((column) => column >= 0),
    ).toHaveLength(1);
  });
});

/** By trying all. */
function best(worth: readonly (readonly number[])[], row: number, taken: ReadonlySet<number>): number {
  const line = worth[row];
  if (!line) return 0;
  const pairs = line.flatMap((value, column) =>
    taken.has(column) ? [] : [value + best(worth, row + 1, new Set([...taken, column]))],
  );
  return Math.max(best(worth, row + 1, taken), ...pairs);
}

describe('a time limit', () => {
  const forever = {
    'a loop': () => {
      for (;;);
    },
    'a regular expression': () => /^(a+)+$/.test(`${'a'.repeat(60)}b`),
  };

  test.each(Object.entries(forever))('stops %s', (_, work) => {
    const error: unknown = (() => {
      try {
        return new TimeLimit(0.2).busy('comparing', work);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({
      code: 'timed-out',
      message: 'The models were not compared with the schema within 0.2 s; it was still comparing.',
    });
  });

  test('stops the parser of Rust, which is WebAssembly', async () => {
    const limit = new TimeLimit(0.3);
    const files = [{ file: 'a.rs', text: lines(100_000, (i) => `struct S${i} { a: }`) }];
    const reading = readModels(files, { parsed: () => {}, busy: (work) => limit.busy('reading the models', work) });
    await expect(reading).rejects.toMatchObject({
      code: 'timed-out',
      message: expect.stringContaining('still reading the models'),
    });
  });

  test('gives what was made in time, and throws what was thrown', async () => {
    expect(new TimeLimit(60).busy('comparing', () => 7)).toBe(7);
    expect(await new TimeLimit(60).waiting('comparing', Promise.resolve(7))).toBe(7);
    expect(() =>
      new TimeLimit(60).busy('comparing', () => {
        throw new RangeError('own');
      }),
    ).toThrow(new RangeError('own'));
    await expect(new TimeLimit(0.01).waiting('reading the schema', new Promise(() => {}))).rejects.toMatchObject({
      code: 'timed-out',
    });
  });
});
