import { describe, expect, test } from '@jest/globals';
import { groupsOf } from '../../src/docs/groups.js';
import type { LinkEntry, ModelEntry } from '../../src/docs/page.js';

function model(table: string, schema = 'public'): ModelEntry {
  const nothing = {
    facts: [],
    stored: [],
    computed: [],
    related: [],
    queries: [],
    machines: [],
    constraints: [],
    partitions: [],
    partitionCount: 0,
    reactions: [],
    findings: [],
  };
  return { id: `${schema}-${table}`, name: table, schema, table, kind: 'table', ...nothing };
}

function link(child: ModelEntry, parent: ModelEntry): LinkEntry {
  return { child: child.id, parent: parent.id, childField: 'x', parentField: 'id', many: true, optional: false };
}

const numbered = (count: number, name: (index: number) => string, schema?: string) =>
  Array.from({ length: count }, (_, index) => model(name(index), schema));
const shown = (models: readonly ModelEntry[], links: readonly LinkEntry[] = []) =>
  groupsOf(models, links).map(({ kind, name, models: ids }) => `${kind} ${name} ${ids.length}`);

describe('groups of models', () => {
  test('are none where one diagram shows all', () => {
    expect(shown(numbered(40, (index) => `table${index}`))).toEqual([]);
  });

  test('are the schemas', () => {
    const models = [
      ...numbered(30, (index) => `a${index}`, 'billing'),
      ...numbered(20, (index) => `b${index}`, 'stock'),
    ];
    expect(shown(models)).toEqual(['schema billing 30', 'schema stock 20']);
  });

  test('are the first words of tables, without one that all share, within a schema that is large', () => {
    const models = [
      ...numbered(30, (index) => `app_billing_${index}`),
      ...numbered(20, (index) => `app_stock_${index}`),
      model('app_setting'),
    ];
    expect(shown(models)).toEqual(['prefix billing 30', 'prefix stock 20', 'others Others 1']);
    const two = [...models, ...numbered(3, (index) => `c${index}`, 'log')];
    expect(shown(two)).toEqual([
      'schema log 3',
      'prefix public: billing 30',
      'prefix public: stock 20',
      'others public: Others 1',
    ]);
  });

  test('are what foreign keys connect, where tables have no words in common; what all refer to pulls nothing together', () => {
    const [users, ...models] = numbered(61, (index) => `table${index}`);
    if (!users) throw new Error('There is no table.');
    const chain = models.flatMap((child, index) => {
      const parent = models[index - (index % 20)];
      return parent && parent !== child ? [link(child, parent)] : [];
    });
    const found = groupsOf([users, ...models], [...models.map((child) => link(child, users)), ...chain]);
    expect(found.map(({ name, models: ids }) => `${name} ${ids.length}`)).toEqual([
      'Around table0 21',
      'Around table21 20',
      'Around table41 20',
    ]);
  });

  test('are a whole prefix, however large, where foreign keys connect few of its tables', () => {
    const orders = numbered(60, (index) => `order_${index}`);
    const links = [1, 2].flatMap((index) => {
      const [child, parent] = [orders[index], orders[0]];
      return child && parent ? [link(child, parent)] : [];
    });
    const models = [...orders, ...numbered(5, (index) => `task_${index}`)];
    expect(shown(models, links)).toEqual(['prefix order 60', 'prefix task 5']);
  });

  test('hold each model once', () => {
    const models = numbered(500, (index) => `${'abcdefghij'[index % 7]}_${index}`);
    const links = models.flatMap((child, index) => {
      const parent = models[(index * 7919) % 500];
      return parent && index % 3 === 0 ? [link(child, parent)] : [];
    });
    const ids = groupsOf(models, links).flatMap((group) => group.models);
    expect([...ids].sort()).toEqual(models.map(({ id }) => id).sort());
  });
});
