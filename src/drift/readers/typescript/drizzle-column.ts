import type ts from '@typescript/typescript6';
import type { DeclaredField } from '../../declared.js';
import type { DeclaredType } from '../../declared-type.js';
import { drizzleTypes, sqlTypeNamed } from '../../types/drizzle.js';
import { entryOf } from '../../types/profile.js';
import { callName, chainOf, type DrizzleScope, optionOf, textOf } from './drizzle-scope.js';
import { lineOf, oneLine } from './shape.js';

/** A column, and what its builders say about keys. */
export interface ColumnFacts {
  /** Name of the property, by which keys refer to the column. */
  readonly key: string;
  readonly name: string;
  /** Name of the function that declares it: `integer`, or the constant of an enum. */
  readonly builder: string;
  readonly isKey: boolean;
  readonly isUnique: boolean;
  /** Name of the constant of the table that it refers to. */
  readonly refersTo?: string;
}

/** Reads a column: `authorId: integer('author_id').notNull().references(() => users.id)`. */
export function drizzleColumn(
  scope: DrizzleScope,
  key: string,
  value: ts.Expression,
  at: ts.Node,
): { readonly field: DeclaredField; readonly facts: ColumnFacts } | undefined {
  const { base, calls, first } = expanded(scope, value);
  if (!base) return undefined;
  const methods = new Map(calls.map((call) => [callName(call), call]));
  const name = first && textOf(scope, first);
  const builder = callName(base);
  const notNull = [...methods.keys()].some((method) => refusesNull.has(method)) || /serial$/i.test(builder);
  const dimensions = calls.filter((call) => callName(call) === 'array').length;
  const type: DeclaredType = {
    ...typeOf(scope, base, builder),
    text: oneLine(value),
    nullable: !notNull,
    dimensions,
  };
  const target = methods.get('references')?.arguments[0]?.getText();
  const refersTo = target && /=>\s*([\w$]+)\s*\./.exec(target)?.[1];
  return {
    field: {
      name: key,
      line: lineOf(scope, at),
      type,
      ...(name === undefined ? {} : { column: { name, by: builder } }),
    },
    facts: {
      key,
      name: name ?? key,
      builder,
      isKey: methods.has('primaryKey'),
      isUnique: methods.has('unique'),
      ...(refersTo ? { refersTo } : {}),
    },
  };
}

const refusesNull = new Set(['notNull', 'primaryKey', 'generatedAlwaysAsIdentity', 'generatedByDefaultAsIdentity']);

/** A chain of calls, and the column's name in it: `'key'` of `id('key')`, where `id = (name) => uuid(name)`. */
interface Chain extends ReturnType<typeof chainOf> {
  readonly first: ts.Expression | undefined;
}

/** The chain of a column, in which functions of the project's own may begin: `id().unique()`. */
function expanded(scope: DrizzleScope, value: ts.Expression, depth = 0): Chain {
  const { base, calls } = chainOf(scope.ts, scope.resolve(value));
  const result = base && scope.returns.get(callName(base));
  if (!result || !scope.ts.isIdentifier(base.expression) || scope.isDrizzles(base.expression) || depth > 8)
    return { base, calls, first: base?.arguments[0] };
  const inner = expanded(scope, result.value, depth + 1);
  const place = result.parameters.indexOf(inner.first?.getText() ?? '');
  return {
    base: inner.base,
    calls: [...inner.calls, ...calls],
    first: place < 0 ? inner.first : base.arguments[place],
  };
}

function typeOf(scope: DrizzleScope, base: ts.CallExpression, builder: string) {
  const options = base.arguments.find((argument) => optionOf(scope, argument, 'withTimezone'));
  const withZone = optionOf(scope, options, 'withTimezone')?.getText() === 'true';
  if (withZone && (builder === 'timestamp' || builder === 'time')) return sqlTypeNamed(`${builder}tz`);
  const known = entryOf(drizzleTypes, builder);
  if (known !== undefined) return sqlTypeNamed(known);
  const made = scope.values.get(builder);
  const maker = made && scope.ts.isCallExpression(made) ? made : undefined;
  if (maker && /(?:^|\.)(?:pgEnum|enum)$/.test(maker.expression.getText())) return sqlTypeNamed('enum');
  const [definition] = maker && callName(maker) === 'customType' ? maker.arguments : [];
  const sql = definition && /\bdataType\b[^'"`]*['"`]([a-z][\w ]*)/i.exec(definition.getText())?.[1];
  return sqlTypeNamed(sql ?? '');
}
