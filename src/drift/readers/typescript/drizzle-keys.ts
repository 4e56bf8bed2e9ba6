import type ts from '@typescript/typescript6';
import type { DeclaredKeys } from '../../declared.js';
import type { ColumnFacts } from './drizzle-column.js';
import { callName, chainOf, type DrizzleScope, optionOf } from './drizzle-scope.js';

/** What reading keys needs: the scope, and the tables that foreign keys refer to. */
export interface KeyScope extends DrizzleScope {
  /** Name of the table that a constant is. */
  readonly tableNamed: (constant: string) => string | undefined;
}

/** Keys and indexes of a table, of its columns' builders and of what stands beside them. */
export function drizzleKeys(
  scope: KeyScope,
  columns: readonly ColumnFacts[],
  extra: ts.Expression | undefined,
  table: string,
): DeclaredKeys {
  const names = new Map(columns.map(({ key, name }) => [key, name]));
  const own = columns.filter(({ isKey }) => isKey).map(({ name }) => name);
  const beside = extra ? keyCalls(scope, extra).map((call) => keyOf(scope, call, names, table)) : [];
  const of = (kind: Key['kind']) => beside.flatMap((key) => (key?.kind === kind && key.columns ? [key.columns] : []));
  const primaryKey = own.length > 0 ? own : of('primaryKey')[0];
  return {
    ...(primaryKey ? { primaryKey } : {}),
    uniques: [...columns.filter(({ isUnique }) => isUnique).map(({ name }) => [name]), ...of('unique')],
    indexes: of('index'),
    foreignKeys: [
      ...columns.flatMap(({ name, refersTo }) => {
        const target = refersTo === undefined ? undefined : scope.tableNamed(refersTo);
        return target === undefined ? [] : [{ columns: [name], table: target }];
      }),
      ...beside.flatMap((key) =>
        key?.kind === 'foreignKey' && key.columns && key.table !== undefined
          ? [{ columns: key.columns, table: key.table }]
          : [],
      ),
    ],
  };
}

interface Key {
  readonly kind: 'primaryKey' | 'unique' | 'index' | 'foreignKey';
  /** Undefined where one of them is an expression. */
  readonly columns: readonly string[] | undefined;
  readonly table?: string;
}

/** The builders of `(t) => [index().on(t.a)]` and `(t) => ({ a: index().on(t.a) })`. */
function keyCalls({ ts: typescript, resolve }: DrizzleScope, extra: ts.Expression): readonly ts.Expression[] {
  const value = resolve(extra);
  if (!typescript.isArrowFunction(value)) return [];
  const body = typescript.isBlock(value.body)
    ? value.body.statements.flatMap((statement) =>
        typescript.isReturnStatement(statement) && statement.expression ? [statement.expression] : [],
      )[0]
    : value.body;
  const list = body && resolve(body);
  if (!list) return [];
  if (typescript.isArrayLiteralExpression(list)) return [...list.elements];
  if (!typescript.isObjectLiteralExpression(list)) return [];
  return list.properties.flatMap((property) =>
    typescript.isPropertyAssignment(property) ? [property.initializer] : [],
  );
}

function keyOf(scope: KeyScope, node: ts.Expression, names: ReadonlyMap<string, string>, own: string): Key | undefined {
  const { base, calls } = chainOf(scope.ts, node);
  if (!base) return undefined;
  const on = calls.find((call) => ['on', 'onOnly', 'using'].includes(callName(call)));
  const where = calls.some((call) => callName(call) === 'where');
  const [options] = base.arguments;
  const columns = columnsOf(itemsOf(scope, base, on), names);
  switch (callName(base)) {
    case 'primaryKey':
      return { kind: 'primaryKey', columns };
    case 'unique':
      return { kind: 'unique', columns };
    case 'uniqueIndex':
      // What is unique for some rows only is no key.
      return where ? undefined : { kind: 'unique', columns };
    case 'index':
      // Indexes of some rows only are not compared.
      return where ? undefined : { kind: 'index', columns };
    case 'foreignKey': {
      const target = optionOf(scope, options, 'foreignColumns')?.getText();
      // The callback's own argument is the table itself.
      const table = target && (scope.tableNamed(/^\[\s*([\w$]+)\s*\./.exec(target)?.[1] ?? '') ?? own);
      return { kind: 'foreignKey', columns, ...(table ? { table } : {}) };
    }
    default:
      return undefined;
  }
}

/** What a key is of: the `columns` of its options, what stands in `.on(…)`, or its own arguments. */
function itemsOf(
  scope: DrizzleScope,
  base: ts.CallExpression,
  on: ts.CallExpression | undefined,
): readonly ts.Expression[] {
  const listed = optionOf(scope, base.arguments[0], 'columns');
  if (listed && scope.ts.isArrayLiteralExpression(listed)) return listed.elements;
  if (!on) return base.arguments;
  return callName(on) === 'using' ? on.arguments.slice(1) : on.arguments;
}

function columnsOf(items: readonly ts.Expression[], names: ReadonlyMap<string, string>): readonly string[] | undefined {
  const found = items.map((item) => names.get(/^[\w$]+\.([\w$]+)/.exec(item.getText())?.[1] ?? ''));
  return found.length === 0 || found.some((name) => name === undefined)
    ? undefined
    : found.flatMap((name) => name ?? []);
}
