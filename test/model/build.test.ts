import { describe, expect, test } from '@jest/globals';
import type { Catalog, Relation, RoutineArgument, RoutineFact, TypeRef } from '../../src/catalog/catalog.js';
import type { Config } from '../../src/index.js';
import { buildSchema } from '../../src/model/build.js';
import { catalogOf, relation } from '../drift/support.js';

const key = (
  columns: readonly string[],
  name: string,
  referred: readonly string[],
): Relation['foreignKeys'][number] => ({
  name: columns.join('_'),
  columns,
  references: { schema: 'public', name, columns: referred },
});

describe('relations between models', () => {
  const related = (catalog: Catalog, name: string) =>
    buildSchema(catalog, {})
      .relations.find((model) => model.key === name)
      ?.related.map(
        ({ name: field, target, count, from, to, comment }) =>
          `${field}: ${count} ${target}, ${from.map((key) => key.field).join()} = ${to.join()} (${comment})`,
      );
  const people = relation(
    'people',
    { person_id: 'int8!', region: 'text!' },
    { primaryKey: { name: 'p', columns: ['person_id', 'region'] } },
  );
  const pair = (columns: readonly string[]) => key(columns, 'people', ['person_id', 'region']);

  test('by keys of two columns, and several keys to one model', () => {
    const letters = relation(
      'letters',
      { from_id: 'int8!', from_region: 'text!', to_id: 'int8', to_region: 'text!' },
      {
        foreignKeys: [pair(['from_id', 'from_region']), pair(['to_id', 'to_region'])],
        uniques: [
          { name: 'u', columns: ['from_id'] },
          { name: 'v', columns: ['from_id', 'to_id'] },
        ],
        indexes: [
          { name: 'i', method: 'btree', unique: true, columns: ['to_region', 'to_id'] },
          { name: 'j', method: 'btree', unique: true, columns: ['from_region', 'from_id'], predicate: '(from_id > 0)' },
          { name: 'k', method: 'btree', unique: true, columns: [null, 'from_id'] },
        ],
      },
    );
    expect(related(catalogOf(people, letters), 'letters')).toEqual([
      'personByFromIdFromRegion: one people, fromId,fromRegion = person_id,region (`from_id, from_region` → `people`)',
      'personByToIdToRegion: one or none people, toId,toRegion = person_id,region (`to_id, to_region` → `people`)',
    ]);
    expect(related(catalogOf(people, letters), 'people')).toEqual([
      'lettersByFromIdFromRegion: many letters, personId,region = from_id,from_region (`letters.from_id, from_region` → this)',
      'letterByToIdToRegion: one or none letters, personId,region = to_id,to_region (`letters.to_id, to_region` → this)',
    ]);
  });

  test('under names that nothing else has', () => {
    const tasks = relation(
      'tasks',
      { id: 'int8!', notes: 'text', notes_notes: 'text', parent_id: 'int8', parent: 'text' },
      { primaryKey: { name: 'p', columns: ['id'] }, foreignKeys: [key(['parent_id'], 'tasks', ['id'])] },
    );
    const notes = relation(
      'notes',
      { task_id: 'int8!' },
      { foreignKeys: [key(['task_id'], 'tasks', ['id'])], primaryKey: { name: 'p', columns: ['task_id'] } },
    );
    expect(related(catalogOf(tasks, notes), 'tasks')).toEqual([
      'parentIdTask: one or none tasks, parentId = id (`parent_id` → `tasks`)',
      'tasksByParent: many tasks, id = parent_id (`tasks.parent_id` → this)',
      'note: one or none notes, id = task_id (`notes.task_id` → this)',
    ]);
  });
});

describe('types of ids', () => {
  test('go along keys of one column, and stop where the type changes or the key has two', () => {
    const types = buildSchema(
      catalogOf(
        relation('a', { id: 'int8!', other: 'int8' }, { primaryKey: { name: 'p', columns: ['id'] } }),
        relation(
          'b',
          { id: 'int8!', x: 'int8', y: 'int8[]', z: 'int4', u: 'int8', v: 'int8' },
          {
            primaryKey: { name: 'p', columns: ['id'] },
            foreignKeys: [
              key(['id'], 'a', ['id']),
              key(['x'], 'b', ['id']),
              key(['y'], 'a', ['id']),
              key(['z'], 'a', ['id']),
              key(['u', 'v'], 'c', ['m', 'n']),
            ],
          },
        ),
        relation('c', { m: 'int8!', n: 'int8!' }, { primaryKey: { name: 'p', columns: ['m', 'n'] } }),
        relation(
          'd',
          { id: 'int8!' },
          { primaryKey: { name: 'p', columns: ['id'] }, foreignKeys: [key(['id'], 'd', ['id'])] },
        ),
      ),
      { types: { brandIds: true } },
    );
    const spelled = types.relations.flatMap(({ key: name, stored }) =>
      stored.flatMap(({ column, select }) =>
        JSON.stringify(select).includes('"brand"')
          ? [`${name}.${column}: ${/"name":"([A-Z]\w*Id)"/.exec(JSON.stringify(select))?.[1] ?? ''}`]
          : [],
      ),
    );
    expect(spelled).toEqual(['a.id: AModelId', 'b.id: AModelId', 'b.x: AModelId', 'd.id: DId']);
  });
});

describe('callers of functions', () => {
  const type = (name: string, dimensions?: number): TypeRef => ({
    name,
    sql: `${name}${dimensions === undefined ? '' : '[]'}`,
    ...(dimensions === undefined ? {} : { dimensions }),
  });
  const argument = (
    name: string | undefined,
    given: TypeRef,
    rest: Partial<RoutineArgument> = {},
  ): RoutineArgument => ({ ...(name === undefined ? {} : { name }), type: given, mode: 'in', ...rest });
  const routine = (name: string, args: readonly RoutineArgument[], rest: Partial<RoutineFact> = {}): RoutineFact => ({
    schema: 'public',
    name,
    kind: 'function',
    volatility: 'stable',
    arguments: args,
    returns: type('int4'),
    ...rest,
  });
  const built = (functions: readonly RoutineFact[], config: Config = {}) =>
    buildSchema({ ...catalogOf(relation('t', { a: 'int4' })), functions }, { functions: ['*'], ...config });

  test('of one name are told apart by what they take', () => {
    const out = argument('o', type('text'), { mode: 'out' });
    const { routines } = built([
      routine('pick', [argument('a', type('int4'))]),
      routine('pick', [argument('a', type('int4', 1)), out]),
      routine('pick', [argument('a', type('text')), argument('t', type('int4'), { mode: 'table' })]),
      routine('lone', [argument('a', type('int4'))]),
    ]);
    expect(routines.map(({ name, typeName }) => [name, typeName])).toEqual([
      ['pickInt4', 'PickInt4'],
      ['pickInt4Array', 'PickInt4Array'],
      ['pickText', 'PickText'],
      ['lone', 'Lone'],
    ]);
  });

  test('take what is passed, by name where all have one', () => {
    const variadic = argument('rest', type('int4', 1), { mode: 'variadic', hasDefault: true });
    const { routines } = built([
      routine('f', [
        argument('a', type('int4')),
        argument('b', type('int4'), { hasDefault: true }),
        argument('c', type('int4'), { mode: 'inout' }),
        argument('d', type('int4'), { mode: 'out' }),
        variadic,
      ]),
      routine('g', [argument(undefined, type('int4')), argument('b', type('int4'))]),
      routine('p', [argument('a', type('int4')), argument('o', type('int4'), { mode: 'out' })], { kind: 'procedure' }),
    ]);
    expect(
      routines.map(({ name, notation, parameters, result }) => [
        name,
        notation,
        result.kind,
        parameters.map(({ key: field, mode, optional }) => `${field} ${mode}${optional ? '?' : ''}`).join(', '),
      ]),
    ).toEqual([
      ['f', 'named', expect.anything(), 'a in, b in?, c in, rest variadic'],
      ['g', 'positional', expect.anything(), expect.stringMatching(/^\S+ in, b in$/)],
      ['callP', 'named', 'done', 'a in, o out'],
    ]);
  });

  test('are not made of what a query alone can call', () => {
    const { routines, notes } = built([
      routine('sum_of', [], { kind: 'aggregate' }),
      routine('rank_of', [], { kind: 'window' }),
      routine('open', [], { returns: type('record') }),
      routine('like_any', [], { returns: type('many') }),
      routine('poly', [argument('a', type('anyelement'))]),
      routine('rows', [argument('a', type('int4'), { mode: 'inout' }), argument('b', type('text'), { mode: 'out' })], {
        returns: type('record'),
      }),
      routine(
        'listed',
        [argument('b', type('int4'), { mode: 'table' }), argument('c', type('int4'), { mode: 'table' })],
        { returns: type('record'), returnsSet: true },
      ),
    ]);
    expect(routines.map(({ name }) => name)).toEqual(['rows', 'listed']);
    expect(notes).toEqual([
      'public.sum_of() gets no caller: it is an aggregate function.',
      'public.rank_of() gets no caller: it is a window function.',
      'public.open() gets no caller: its type record is only known within a query.',
      'public.like_any() gets no caller: its type many is internal to the server.',
      'public.poly(a anyelement) gets no caller: its type anyelement is only known within a query.',
    ]);
  });
});

test('an alias may have a default that the column cannot hold', () => {
  const { relations } = buildSchema(
    catalogOf(
      relation(
        't',
        { a: 'text', b: 'text', c: 'text', d: 'int4' },
        {
          checks: ['a', 'b', 'c'].map((name) => ({
            name,
            expression: `(${name} = ANY (ARRAY['x'::text, 'y'::text]))`,
          })),
        },
      ),
    ),
    {
      models: {
        t: {
          alias: {
            a: { as: 'first', default: 'x' },
            b: { as: 'second', default: 'z' },
            c: { as: 'third', default: false },
            d: { as: 'fourth', default: 0 },
          },
        },
      },
    },
  );
  const values = ({
    kind,
    ...type
  }: {
    kind: string;
    members?: readonly { value?: unknown; name?: string }[];
    name?: string;
  }) => (kind === 'union' ? type.members?.map(({ value, name }) => value ?? name) : [type.name]);
  expect(relations[0]?.stored.map(({ name, fieldSelect }) => [name, values(fieldSelect as never)])).toEqual([
    ['first', ['x', 'y']],
    ['second', ['x', 'y', 'z']],
    ['third', ['x', 'y', 'boolean']],
    ['fourth', ['number']],
  ]);
});
