import { describe, expect, test } from '@jest/globals';
import type { Catalog, Relation, RoutineArgument, RoutineFact, TypeRef } from '../../src/catalog/catalog.js';
import { typeDanger } from '../../src/diff/compare/type-danger.js';
import { type Config, diff } from '../../src/index.js';
import { catalogOf, column, relation } from '../drift/support.js';

/** What is said of two catalogs that are written by hand; what a server makes of statements is in `changes.slow.ts`. */
async function changes(before: Catalog, after: Catalog, config: Config = {}): Promise<string[]> {
  return (await diff({ config, from: { catalog: before }, to: { catalog: after } })).findings.map(
    ({ rule, message, why }) => `${rule}: ${message}, because ${why}`,
  );
}

const modifiers: Readonly<Record<string, (...given: number[]) => number>> = {
  varchar: (length = 0) => length + 4,
  bpchar: (length = 0) => length + 4,
  numeric: (precision = 0, scale = 0) => ((precision << 16) | scale) + 4,
};

/** `numeric(8,2)`, `int4`, `text[]`, `public.mood`. */
function type(written: string): TypeRef {
  const [, schema, name = '', given, array] = /^(?:(\w+)\.)?(\w+)(?:\(([\d,]+)\))?(\[\])?$/.exec(written) ?? [];
  const numbers = given?.split(',').map(Number);
  return {
    ...(schema === undefined ? {} : { schema }),
    name,
    sql: written,
    ...(array === undefined ? {} : { dimensions: 1 }),
    ...(numbers === undefined ? {} : { modifier: modifiers[name]?.(...numbers) ?? numbers[0] ?? 0 }),
  };
}

const others = 'other values are accepted and read';
const refused = 'longer values are refused';
const rounded = 'fractions of a second are rounded';
const zone = 'the same value means a different moment: one has a time zone';

test.each<[before: string, after: string, danger: string | undefined]>([
  ['int2', 'int4', undefined],
  ['int4', 'int8', undefined],
  ['float4', 'float8', undefined],
  ['json', 'jsonb', undefined],
  ['jsonb', 'json', undefined],
  ['int4', 'int2', 'values that were valid are out of range'],
  ['int8', 'int4', 'values that were valid are out of range'],
  ['float8', 'float4', 'values that were valid are out of range'],
  ['int4', 'float8', others],
  ['float8', 'int4', others],
  ['int4', 'text', others],
  ['uuid', 'text', others],
  ['text', 'json', others],
  ['varchar(5)', 'varchar(6)', undefined],
  ['varchar(6)', 'varchar(5)', refused],
  ['varchar(5)', 'varchar', undefined],
  ['varchar', 'varchar(5)', refused],
  ['text', 'varchar', undefined],
  ['text', 'varchar(5)', refused],
  ['varchar(5)', 'text', undefined],
  ['bpchar(5)', 'bpchar(6)', others],
  ['bit(5)', 'bit(6)', others],
  ['bit(6)', 'bit(5)', others],
  ['varbit(5)', 'varbit(6)', undefined],
  ['varbit(6)', 'varbit(5)', refused],
  ['timestamp', 'timestamp(3)', rounded],
  ['timestamp(3)', 'timestamp', undefined],
  ['timestamp(3)', 'timestamp(6)', undefined],
  ['timestamptz(3)', 'timestamptz(2)', rounded],
  ['time(3)', 'time(2)', rounded],
  ['timetz(3)', 'timetz(2)', rounded],
  ['interval(3)', 'interval(2)', rounded],
  ['timestamp', 'timestamptz', zone],
  ['timestamptz', 'timestamp', zone],
  ['time', 'timetz', zone],
  ['timetz', 'time', zone],
  ['time', 'timestamp', others],
  ['date', 'timestamptz', others],
  ['numeric', 'numeric(8,2)', 'values are rounded, and larger ones refused'],
  ['numeric(8,2)', 'numeric', undefined],
  ['numeric(8,2)', 'numeric(9,3)', undefined],
  ['numeric(8,2)', 'numeric(9,2)', undefined],
  ['numeric(8,2)', 'numeric(8,3)', 'larger values are refused'],
  ['numeric(8,2)', 'numeric(7,2)', 'larger values are refused'],
  ['numeric(8,2)', 'numeric(8,1)', 'values are rounded'],
  ['numeric(8,2)', 'numeric(8,0)', 'values are rounded'],
  ['text', 'text[]', 'one is an array with different dimensions'],
  ['int4[]', 'int8[]', undefined],
  ['int8[]', 'int4[]', 'values that were valid are out of range'],
  ['own.int4', 'int4', others],
  ['int4', 'own.int8', others],
  ['own.a', 'own.b', others],
])('%s becomes %s: %s', (before, after, danger) => {
  expect(typeDanger(type(before), type(after))).toBe(danger);
});

describe('keys, checks and indexes', () => {
  const columns = { a: 'int4!', b: 'int4!', c: 'text' };
  const parent = (name: string, key: string) =>
    relation(
      name,
      {
        ...Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`x${index}`, 'date'])),
        [key]: 'int4!',
        last: 'text',
      },
      { primaryKey: { name: 'key', columns: [key] } },
    );
  const between = async (before: Partial<Relation>, after: Partial<Relation>) =>
    changes(catalogOf(relation('t', columns, before)), catalogOf(relation('t', columns, after)));
  const uniqueness = 'rows that were accepted may be refused';
  const conflict = '`on conflict` on these columns fails, and a query may find more than one row';
  const index = { name: 'i', method: 'btree', unique: false, columns: ['a'] };
  const onlyName = 'only code that looks for the name in errors is affected';

  test.each<[string, Partial<Relation>, Partial<Relation>, string[]]>([
    [
      'a primary key comes',
      {},
      { primaryKey: { name: 'p', columns: ['a', 'b'] } },
      [`primary-key-changed: t gained the primary key (a, b): dangerous, because ${uniqueness}`],
    ],
    [
      'a primary key goes',
      { primaryKey: { name: 'p', columns: ['a'] } },
      {},
      [`primary-key-changed: t lost its primary key: dangerous, because ${conflict}`],
    ],
    [
      'a primary key gets a name',
      { primaryKey: { name: 'p', columns: ['a'] } },
      { primaryKey: { name: 'q', columns: ['a'] } },
      [`constraint-renamed: t renamed a constraint: p → q: safe, because ${onlyName}`],
    ],
    [
      'a primary key gets a name and a column',
      { primaryKey: { name: 'p', columns: ['a'] } },
      { primaryKey: { name: 'q', columns: ['b'] } },
      [`primary-key-changed: t changed its primary key: (a) → (b): dangerous, because ${conflict}`],
    ],
    [
      'one of two unique constraints goes',
      {
        uniques: [
          { name: 'u', columns: ['a'] },
          { name: 'v', columns: ['b', 'a'] },
        ],
      },
      { uniques: [{ name: 'u', columns: ['a'] }] },
      [`unique-removed: t is no longer unique by (b, a): dangerous, because ${conflict}`],
    ],
    [
      'two unique constraints get names',
      {
        uniques: [
          { name: 'u', columns: ['a'] },
          { name: 'v', columns: ['b'] },
        ],
      },
      {
        uniques: [
          { name: 'w', columns: ['a'] },
          { name: 'x', columns: ['b'] },
        ],
      },
      [
        `constraint-renamed: t renamed a constraint: u → w: safe, because ${onlyName}`,
        `constraint-renamed: t renamed a constraint: v → x: safe, because ${onlyName}`,
      ],
    ],
    [
      'a check is validated',
      { checks: [{ name: 'c', expression: '(a > 0)', notValid: true }] },
      { checks: [{ name: 'c', expression: '(a > 0)' }] },
      [`check-changed: t changed the check c: (a > 0) NOT VALID → (a > 0): dangerous, because ${uniqueness}`],
    ],
    [
      'a check gets a name',
      { checks: [{ name: 'c', expression: '(a > 0)' }] },
      { checks: [{ name: 'd', expression: '(a > 0)' }] },
      [`constraint-renamed: t renamed a constraint: c → d: safe, because ${onlyName}`],
    ],
    [
      'of checks only one leaves other literals',
      {
        checks: [
          { name: 'c', expression: "(c = ANY (ARRAY['x'::text, 'y'::text]))" },
          { name: 'd', expression: "((c <> 'z'::text) OR (a > 0))" },
        ],
      },
      {
        checks: [
          { name: 'c', expression: "(c = ANY (ARRAY['x'::text]))" },
          { name: 'd', expression: "((c <> 'z'::text) OR (a > 1))" },
        ],
      },
      [
        "column-values: t.c no longer takes 'y': breaks insert and update, because writing a removed value is refused",
        `check-changed: t changed the check d: ((c <> 'z'::text) OR (a > 0)) → ((c <> 'z'::text) OR (a > 1)): dangerous, because ${uniqueness}`,
      ],
    ],
    [
      'a check of literals asks more',
      { checks: [{ name: 'c', expression: "(c = 'x'::text)" }] },
      { checks: [{ name: 'c', expression: "((c = 'x'::text) OR (a > 1))" }] },
      [
        "column-values: t.c now takes any value, not only 'x': breaks select, because what is read is no longer one of the union",
        `check-changed: t changed the check c: (c = 'x'::text) → ((c = 'x'::text) OR (a > 1)): dangerous, because ${uniqueness}`,
      ],
    ],
    [
      'an index becomes unique',
      { indexes: [index] },
      { indexes: [{ ...index, unique: true }] },
      [`index-changed: t changed the index i: btree (a) → unique btree (a): dangerous, because ${uniqueness}`],
    ],
    [
      'an index becomes partial, and over an expression',
      { indexes: [index] },
      { indexes: [{ ...index, columns: ['a', null], predicate: '(b > 0)' }] },
      [
        'index-changed: t changed the index i: btree (a) → btree (a, an expression) where (b > 0): safe, because an index does not change results',
      ],
    ],
    [
      'a unique index goes',
      { indexes: [{ ...index, unique: true }] },
      {},
      [`index-removed: t lost the unique index i: dangerous, because ${conflict}`],
    ],
  ])('%s', async (_, before, after, want) => {
    expect(await between(before, after)).toEqual(want);
  });

  test('go along with renamed tables and columns, whatever those are called', async () => {
    const child = (target: string, key: string, a: string, quoted: string) =>
      relation(
        'child',
        { id: 'int4!', [a]: 'int4', kind: 'text', size: 'int4', born: 'date' },
        {
          foreignKeys: [{ name: 'f', columns: [a], references: { schema: 'public', name: target, columns: [key] } }],
          indexes: [
            { name: 'i', method: 'btree', unique: false, columns: [a, null], predicate: `(${quoted} IS NOT NULL)` },
          ],
          checks: [{ name: 'c', expression: `((${quoted} > 0) OR (kind = '"parent of"'::text))` }],
        },
      );
    const before = catalogOf(parent('parents', 'parent id'), child('parents', 'parent id', 'parent of', '"parent of"'));
    const after = catalogOf(
      parent('old_parents', 'the parent id'),
      child('old_parents', 'the parent id', 'is "parent of', '"is ""parent of"'),
    );
    expect((await changes(before, after)).map((text) => text.split(', because')[0])).toEqual([
      'column-renamed: child.is "parent of was probably renamed from parent of to is "parent of: breaks select, insert and update',
      'name-changed: child has a new name: the relation parentOfParent is now isParentOfOldParent_e13523: breaks select, insert and update',
      'relation-renamed: old_parents was probably renamed from parents to old_parents: breaks select, insert and update',
      'column-renamed: old_parents.the parent id was probably renamed from parent id to the parent id: breaks select, insert and update',
      'name-changed: old_parents has a new name: the relation childrenByParentOf is now childrenByIsParentOf_dccf3d: breaks select, insert and update',
    ]);
  });
});

describe('functions', () => {
  const argument = (name: string | undefined, sql: string, rest: Partial<RoutineArgument> = {}): RoutineArgument => ({
    ...(name === undefined ? {} : { name }),
    type: type(sql),
    mode: 'in',
    ...rest,
  });
  const routine = (args: readonly RoutineArgument[], rest: Partial<RoutineFact> = {}): RoutineFact => ({
    schema: 'public',
    name: 'f',
    kind: 'function',
    arguments: args,
    returns: type('int4'),
    volatility: 'volatile',
    ...rest,
  });
  const between = (before: readonly RoutineFact[], after: readonly RoutineFact[], rest: Partial<Catalog> = {}) =>
    changes(
      { ...catalogOf(relation('t', { a: 'int4' })), ...rest, functions: before },
      { ...catalogOf(relation('t', { a: 'int4' })), ...rest, functions: after },
    );
  const [a, b] = [argument('a', 'int4'), argument('b', 'text', { hasDefault: true })];
  const works = 'safe, because existing calls still work';
  const breaks = 'breaks select, because existing calls fail or return another type';

  test.each<[string, readonly RoutineFact[], readonly RoutineFact[], string[]]>([
    [
      'a default comes',
      [routine([a])],
      [routine([{ ...a, hasDefault: true }])],
      [`function-signature: f(int4) changed: (a int4) returns int4 → (a int4 default) returns int4: ${works}`],
    ],
    [
      'a default goes',
      [routine([b])],
      [routine([argument('b', 'text')])],
      [`function-signature: f(text) changed: (b text default) returns int4 → (b text) returns int4: ${breaks}`],
    ],
    [
      'an argument comes without a default',
      [routine([a])],
      [routine([a, argument('c', 'text'), b])],
      [
        `function-signature: f(int4, text, text) changed: (a int4) returns int4 → (a int4, c text, b text default) returns int4: ${breaks}`,
      ],
    ],
    [
      'an argument goes',
      [routine([a, b])],
      [routine([a])],
      [`function-signature: f(int4) changed: (a int4, b text default) returns int4 → (a int4) returns int4: ${breaks}`],
    ],
    [
      'an argument is renamed',
      [routine([a])],
      [routine([argument('c', 'int4')])],
      [`function-signature: f(int4) changed: (a int4) returns int4 → (c int4) returns int4: ${breaks}`],
    ],
    [
      'an argument gets a name',
      [routine([argument(undefined, 'int4')])],
      [routine([a])],
      [`function-signature: f(int4) changed: (int4) returns int4 → (a int4) returns int4: ${breaks}`],
    ],
    [
      'an argument becomes variadic',
      [routine([argument('a', 'int4[]')])],
      [routine([argument('a', 'int4[]', { mode: 'variadic' })])],
      [`function-signature: f(int4[]) changed: (a int4[]) returns int4 → (variadic a int4[]) returns int4: ${breaks}`],
    ],
    [
      'it returns another type',
      [routine([a])],
      [routine([a], { returns: type('int8') })],
      [`function-signature: f(int4) changed: (a int4) returns int4 → (a int4) returns int8: ${breaks}`],
    ],
    [
      'it returns a set',
      [routine([])],
      [routine([], { returnsSet: true })],
      [`function-signature: f() changed: () returns int4 → () returns set of int4: ${breaks}`],
    ],
    [
      'it becomes a procedure',
      [routine([])],
      [{ schema: 'public', name: 'f', kind: 'procedure', arguments: [], volatility: 'volatile' }],
      [
        `function-signature: f() changed: () returns int4 → (): ${breaks}`,
        'function-behaviour: f() changed its behavior: volatile function → volatile procedure: dangerous, because it is evaluated at other times, or returns null where it did not',
      ],
    ],
    [
      'it becomes strict',
      [routine([a])],
      [routine([a], { strict: true })],
      [
        'function-behaviour: f(int4) changed its behavior: volatile function → volatile function, null on null: dangerous, because it is evaluated at other times, or returns null where it did not',
      ],
    ],
    [
      'what it gives gets another name',
      [routine([a, argument('x', 'text', { mode: 'out' })])],
      [routine([a, argument('y', 'text', { mode: 'out' })])],
      [
        `function-signature: f(int4) changed: (a int4, out x text) returns int4 → (a int4, out y text) returns int4: ${breaks}`,
      ],
    ],
    [
      'an overload comes',
      [routine([a])],
      [routine([a]), routine([b])],
      ['function-added: f(text) was added: safe, because nothing uses it yet'],
    ],
    [
      'one of two overloads changes',
      [routine([a]), routine([b])],
      [routine([a]), routine([argument('b', 'uuid')])],
      [`function-signature: f(uuid) changed: (b text default) returns int4 → (b uuid) returns int4: ${breaks}`],
    ],
    [
      'two overloads change',
      [routine([a]), routine([b])],
      [routine([argument('a', 'uuid')]), routine([argument('b', 'date')])],
      [
        'function-removed: f(int4) was removed: breaks select, because calls of it fail',
        'function-removed: f(text) was removed: breaks select, because calls of it fail',
        'function-added: f(uuid) was added: safe, because nothing uses it yet',
        'function-added: f(date) was added: safe, because nothing uses it yet',
      ],
    ],
    [
      'another function goes',
      [routine([a]), routine([a], { name: 'g' })],
      [routine([a])],
      ['function-removed: g(int4) was removed: breaks select, because calls of it fail'],
    ],
    [
      'what it is called with is what counts for a table function',
      [routine([a, argument('x', 'text', { mode: 'table' })])],
      [routine([a, argument('x', 'text', { mode: 'table' })], { volatility: 'stable' })],
      [
        'function-behaviour: f(int4) changed its behavior: volatile function → stable function: dangerous, because it is evaluated at other times, or returns null where it did not',
      ],
    ],
  ])('%s', async (_, before, after, want) => {
    expect(await between(before, after)).toEqual(
      [...want].sort((x, y) => Number(y.includes('breaks')) - Number(x.includes('breaks'))),
    );
  });

  test('that come with a range are told with it', async () => {
    const ranges = [{ schema: 'public', name: 'f', subtype: type('text'), multirange: 'g' }] as const;
    expect(await between([routine([a]), routine([a], { name: 'g' })], [], { ranges })).toEqual([]);
    expect(await between([routine([a], { schema: 'other' })], [], { ranges })).toEqual([
      'function-removed: other.f(int4) was removed: breaks select, because calls of it fail',
    ]);
  });
});

describe('columns', () => {
  const between = (
    before: Relation['columns'][number],
    after: Relation['columns'][number],
    kind: Relation['kind'] = 'table',
  ) =>
    changes(
      catalogOf(relation('t', {}, { kind, columns: [before] })),
      catalogOf(relation('t', {}, { kind, columns: [after] })),
    );
  const [int, must] = [column('a', 'int4'), column('a', 'int4!')];
  const owed = 'every insert must now provide it';

  test.each<[string, Relation['columns'][number], Relation['columns'][number], string[]]>([
    [
      'a default goes',
      { ...int, default: '3' },
      int,
      [
        'column-default: t.a lost its default 3: dangerous, because an insert that leaves it out stores a different value',
      ],
    ],
    [
      'a sequence is replaced',
      { ...must, default: "nextval('a'::regclass)" },
      { ...must, default: "nextval('b'::regclass)" },
      [
        "column-default: t.a changed its default: nextval('a'::regclass) → nextval('b'::regclass): safe, because it still comes from a sequence",
      ],
    ],
    [
      'NOT NULL comes where a default stands',
      { ...int, default: '3' },
      { ...must, default: '3' },
      ['column-nullability: t.a became NOT NULL: breaks insert and update, because null is refused'],
    ],
    [
      'NOT NULL comes as the default goes',
      { ...int, default: '3' },
      must,
      [
        `column-nullability: t.a became NOT NULL: breaks insert and update, because ${owed}, and null is refused`,
        'column-default: t.a lost its default 3: dangerous, because an insert that leaves it out stores a different value',
      ],
    ],
    [
      'an identity comes that may be given',
      must,
      { ...must, identity: 'by default' },
      [
        'column-identity: t.a is now GENERATED BY DEFAULT AS IDENTITY: safe, because an insert may provide it or leave it out',
      ],
    ],
    [
      'an identity goes as a default comes',
      { ...must, identity: 'by default' },
      { ...must, default: '1' },
      [
        'column-default: t.a gained the default 1: safe, because an insert may leave it out',
        'column-identity: t.a is no longer an identity column: dangerous, because an insert that leaves it out gets no number',
      ],
    ],
    [
      'a NOT NULL column is no longer generated',
      { ...must, generated: 'stored' },
      must,
      [`column-generated: t.a is no longer generated: breaks insert, because ${owed}`],
    ],
    [
      'a generated column is no longer stored',
      { ...int, generated: 'stored' },
      { ...int, generated: 'virtual' },
      ['column-generated: t.a changed how it is generated: stored → virtual: safe, because it reads as before'],
    ],
    [
      'a column tells all texts apart',
      { ...column('a', 'text'), nondeterministic: true },
      column('a', 'text'),
      ['column-collation: t.a now tells all texts apart: dangerous, because comparisons may find fewer rows'],
    ],
  ])('%s', async (_, before, after, want) => {
    expect((await between(before, after)).sort()).toEqual([...want].sort());
  });

  test('of a view that can be written again', async () => {
    expect(await between({ ...int, readOnly: true }, int, 'view')).toEqual([
      'relation-writable: t takes update now: safe, because existing code keeps working',
      'column-writable: t.a can now be written: safe, because existing code keeps working',
    ]);
  });

  test('of a view whose value comes from behind it', async () => {
    const behind = { ...column('a', 'int4!'), filledBy: 'default' } as const;
    expect(await between(behind, column('a', 'int4!'), 'view')).toEqual([
      `column-default: t.a lost its default of the column behind the view: breaks insert, because ${owed}`,
    ]);
  });
});

describe('types', () => {
  const named = (name: string) => ({ schema: 'public', name });
  const values = (...given: readonly (string | number)[]) => ({
    name: 'v',
    expression: `(VALUE = ANY (ARRAY[${given.map((value) => (typeof value === 'number' ? String(value) : `'${value}'::text`)).join(', ')}]))`,
  });
  const domain = (
    name: string,
    base: string,
    checks: Catalog['domains'][number]['checks'] = [],
    rest: Partial<Catalog['domains'][number]> = {},
  ) => ({ ...named(name), base: type(base), notNull: false, checks, ...rest });
  const domains = [
    domain('word', 'text', [values('a', 'b')]),
    domain('other_word', 'text', [values('a', 'c')]),
    domain('small', 'int4', [values(1, 2)]),
    domain('plain', 'text'),
  ];
  const using = (written: string, rest: Partial<Catalog> = {}): Catalog => ({
    ...catalogOf(relation('t', {}, { columns: [{ name: 'a', type: type(written), notNull: true }] })),
    ...rest,
  });
  const wider = 'breaks select, because what is read is no longer one of the union';
  const narrower = 'breaks insert and update, because other values are refused';

  /** The values are told on their own where the type is the same otherwise. */
  test.each<[before: string, after: string, values: string | undefined, verdict: string]>([
    ['public.word', 'text', `now takes any value, not only 'a', 'b': ${wider}`, `dangerous, because ${others}`],
    ['text', 'public.word', `now takes only 'a', 'b': ${narrower}`, `dangerous, because ${others}`],
    [
      'public.word',
      'public.other_word',
      "takes 'c' too and no longer takes 'b': breaks insert and update, because writing a removed value is refused",
      `dangerous, because ${others}`,
    ],
    ['public.word', 'public.plain', `now takes any value, not only 'a', 'b': ${wider}`, `dangerous, because ${others}`],
    ['public.plain', 'text', undefined, `dangerous, because ${others}`],
    ['public.small', 'int4', `now takes any value, not only 1, 2: ${wider}`, `dangerous, because ${others}`],
    ['int4', 'public.small', `now takes only 1, 2: ${narrower}`, `dangerous, because ${others}`],
    [
      'public.small',
      'text',
      undefined,
      `breaks select, insert and update, because the TypeScript type changed; ${others}`,
    ],
  ])('a column of %s becomes %s', async (before, after, told, verdict) => {
    expect((await changes(using(before, { domains }), using(after, { domains }))).sort()).toEqual([
      `column-type: t.a changed its type: ${before} → ${after}: ${verdict}`,
      ...(told === undefined ? [] : [`column-values: t.a ${told}`]),
    ]);
  });

  test.each<[string, Partial<Catalog>, Partial<Catalog>, string[]]>([
    [
      'a domain takes more values',
      { domains: [domain('d', 'text', [values('a')])] },
      { domains: [domain('d', 'text', [values('b', 'a')])] },
      ["domain-values: d takes 'b' too: dangerous, because a switch over the union does not handle the new value"],
    ],
    [
      'a domain has its values in another order',
      { domains: [domain('d', 'text', [values('a', 'b')])] },
      { domains: [domain('d', 'text', [values('b', 'a')])] },
      [],
    ],
    [
      'a domain loses a check',
      {
        domains: [
          domain('d', 'text', [
            { name: 'x', expression: '(VALUE > 1)' },
            { name: 'y', expression: '(VALUE > 0)' },
          ]),
        ],
      },
      { domains: [domain('d', 'text', [{ name: 'y', expression: '(VALUE > 0)' }])] },
      [
        'domain-check: d changed its checks: (VALUE > 0), (VALUE > 1) → (VALUE > 0): safe, because existing code keeps working',
      ],
    ],
    [
      'a domain has its checks under other names',
      {
        domains: [
          domain('d', 'text', [
            { name: 'x', expression: '(VALUE > 1)' },
            { name: 'y', expression: '(VALUE > 0)' },
          ]),
        ],
      },
      {
        domains: [
          domain('d', 'text', [
            { name: 'a', expression: '(VALUE > 0)' },
            { name: 'b', expression: '(VALUE > 1)' },
          ]),
        ],
      },
      [],
    ],
    [
      'a domain becomes NOT NULL',
      { domains: [domain('d', 'text')] },
      { domains: [domain('d', 'text', [], { notNull: true })] },
      ['domain-nullability: d became NOT NULL: breaks insert and update, because null is refused in its columns'],
    ],
    [
      'a domain may be null',
      { domains: [domain('d', 'text', [], { notNull: true })] },
      { domains: [domain('d', 'text')] },
      ['domain-nullability: d lost its NOT NULL: breaks select, because its columns may read as null'],
    ],
    [
      'a domain gets a default',
      { domains: [domain('d', 'text')] },
      { domains: [domain('d', 'text', [], { default: "'x'" })] },
      ["domain-default: d gained the default 'x': safe, because an insert may leave its columns out"],
    ],
    [
      'a domain loses its default',
      { domains: [domain('d', 'text', [], { default: "'x'" })] },
      { domains: [domain('d', 'text')] },
      [
        "domain-default: d changed its default: 'x' → none: dangerous, because an insert that leaves its columns out stores a different value",
      ],
    ],
    [
      'a domain gets another type',
      { domains: [domain('d', 'varchar(5)')] },
      { domains: [domain('d', 'varchar(3)')] },
      ['domain-type: d changed its type: varchar(5) → varchar(3): dangerous, because longer values are refused'],
    ],
    [
      'a domain gets a wider type',
      { domains: [domain('d', 'varchar(5)')] },
      { domains: [domain('d', 'text')] },
      ['domain-type: d changed its type: varchar(5) → text: safe, because every value still fits'],
    ],
    [
      'a domain gets a type that reads otherwise',
      { domains: [domain('d', 'int4')] },
      { domains: [domain('d', 'bool')] },
      [
        `domain-type: d changed its type: int4 → bool: breaks select, insert and update, because the TypeScript type of its columns changed`,
      ],
    ],
    [
      'an enum loses a label',
      { enums: [{ ...named('d'), labels: ['a', 'b'] }] },
      { enums: [{ ...named('d'), labels: ['b'] }] },
      [
        "enum-label-removed: d lost the value 'a': breaks insert and update, because writing it is refused, and so is comparing with it",
      ],
    ],
    [
      'an enum is reordered',
      { enums: [{ ...named('d'), labels: ['a', 'b'] }] },
      { enums: [{ ...named('d'), labels: ['b', 'a'] }] },
      [
        'enum-labels-reordered: d changed the order of its values: a, b → b, a: dangerous, because `order by` and `<` follow that order',
      ],
    ],
    [
      'a type comes',
      {},
      { enums: [{ ...named('d'), labels: ['a'] }], domains: [domain('e', 'text')] },
      [
        'enum-added: d was added: safe, because nothing uses it yet',
        'domain-added: e was added: safe, because nothing uses it yet',
      ],
    ],
    [
      'a type goes',
      { enums: [{ ...named('d'), labels: ['a'] }], domains: [domain('e', 'text')] },
      {},
      [
        'enum-removed: d was removed: breaks select, insert and update, because its union and its list of values no longer exist',
        'domain-removed: e was removed: safe, because columns of the type are reported separately',
      ],
    ],
    [
      'a comment changes',
      { enums: [{ ...named('d'), labels: ['a'], comment: 'x' }] },
      { enums: [{ ...named('d'), labels: ['a'] }] },
      ['type-comment: d has a new comment: safe, because comments do not affect code'],
    ],
  ])('%s', async (_, before, after, want) => {
    expect(await changes(using('text', before), using('text', after))).toEqual(want);
  });
});
