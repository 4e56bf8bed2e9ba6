import type { Column, QualifiedName } from '../../catalog/catalog.js';
import type { Change } from '../change.js';
import type { ColumnPair, RelationPair } from '../pair.js';
import { type FieldMeaning, nameKey } from '../side.js';
import { between, type Comparison, fieldMeaning, nullability, same } from './context.js';
import { brokenByType, literalsOf, plainType } from './fits.js';
import { defaultKey } from './same-sql.js';
import { typeDanger } from './type-danger.js';

/** What happened to one column, as each comparison of it needs to know it. */
interface ColumnView {
  readonly at: { readonly relation: QualifiedName; readonly column: string };
  readonly before: Column;
  readonly after: Column;
  readonly was: FieldMeaning;
  readonly is: FieldMeaning;
  /** Every insert must give the column now; before, it could leave it out. */
  readonly required: boolean;
}

export function compareColumns(comparison: Comparison, pair: RelationPair): Change[] {
  const { before, after, columns } = pair;
  const relation = { schema: after.schema, name: after.name };
  const pairOf = new Map(columns.map((paired) => [paired.after, paired]));
  const paired = new Set(columns.map(({ before: column }) => column));
  const removed = before.columns.filter((column) => !paired.has(column));
  const order = between(
    columns.map(({ after: { name } }) => name),
    sortedByOld(pair),
  );
  return [
    ...after.columns.flatMap((column): Change[] => {
      const paired = pairOf.get(column);
      if (paired) return compareColumn(comparison, pair, paired);
      const { insert } = fieldMeaning(comparison.to, after, column.name);
      return [
        {
          rule: 'column-added',
          relation,
          column: column.name,
          type: column.type.sql,
          required: insert !== undefined && !insert.optional,
        },
      ];
    }),
    ...removed.map((column): Change => {
      const writable = writableOf(fieldMeaning(comparison.from, before, column.name));
      return { rule: 'column-removed', relation, column: column.name, type: column.type.sql, writable };
    }),
    ...(order ? [{ rule: 'column-order', relation, before: order.after, after: order.before } as const] : []),
  ];
}

/** Newer names of the paired columns, in the order that the columns had on the older side. */
function sortedByOld({ before, columns }: RelationPair): string[] {
  const positions = new Map(before.columns.map((column, index) => [column, index]));
  const position = ({ before: column }: ColumnPair) => positions.get(column) ?? -1;
  return [...columns].sort((a, b) => position(a) - position(b)).map(({ after }) => after.name);
}

const writableOf = ({ insert, update }: FieldMeaning) => ({
  insert: insert !== undefined,
  update: update !== undefined,
});

function compareColumn(comparison: Comparison, pair: RelationPair, { before, after, renamed }: ColumnPair): Change[] {
  const at = { relation: { schema: pair.after.schema, name: pair.after.name }, column: after.name };
  const was = fieldMeaning(comparison.from, pair.before, before.name);
  const is = fieldMeaning(comparison.to, pair.after, after.name);
  const required = is.insert !== undefined && !is.insert.optional && was.insert?.optional !== false;
  const view: ColumnView = { at, before, after, was, is, required };
  const rename = renamed
    ? [
        {
          rule: 'column-renamed',
          ...at,
          before: before.name,
          after: after.name,
          writable: writableOf(was),
          ...renamed,
        } as const,
      ]
    : [];
  return [...rename, ...compareType(comparison, view), ...compareFacts(view), ...compareValues(comparison, view)];
}

function compareType({ sameType, enumNames }: Comparison, { at, before, after, was, is }: ColumnView): Change[] {
  if (sameType(before.type, after.type)) return [];
  const breaks = brokenByType(was, is, enumNames);
  const danger = typeDanger(before.type, after.type);
  return [
    {
      rule: 'column-type',
      ...at,
      before: before.type.sql,
      after: after.type.sql,
      breaks,
      ...(danger === undefined ? {} : { danger }),
    },
  ];
}

function compareFacts({ at, before, after, was, is, required }: ColumnView): Change[] {
  const nulls = between(nullability(before.notNull), nullability(after.notNull));
  // An identity takes its numbers from a sequence, as a serial column does by its default.
  const isSerial = after.identity !== undefined && fallbackOf(before)?.startsWith('nextval(');
  const fallback =
    isSerial || defaultKey(fallbackOf(before)) === defaultKey(fallbackOf(after))
      ? undefined
      : between(fallbackOf(before), fallbackOf(after));
  const identity = between(before.identity, after.identity);
  const generated = between(before.generated, after.generated);
  const readOnly = between(before.readOnly !== true, after.readOnly !== true);
  const collation = between(collationOf(before), collationOf(after));
  const comment = between(before.comment, after.comment);
  // The first of these that changed is told as the reason why inserts must give the column now.
  const owed = (earlier: unknown) => required && earlier === undefined;
  return [
    ...(nulls
      ? [{ rule: 'column-nullability', ...at, ...nulls, required, writable: bothWritable(was, is) } as const]
      : []),
    ...(fallback ? [{ rule: 'column-default', ...at, ...fallback, required: owed(nulls) } as const] : []),
    ...(identity ? [{ rule: 'column-identity', ...at, ...identity, required: owed(nulls ?? fallback) } as const] : []),
    ...(generated
      ? [{ rule: 'column-generated', ...at, ...generated, required: owed(nulls ?? fallback ?? identity) } as const]
      : []),
    ...(readOnly ? [{ rule: 'column-writable', ...at, ...readOnly } as const] : []),
    ...(collation ? [{ rule: 'column-collation', ...at, ...collation } as const] : []),
    ...(comment ? [{ rule: 'column-comment', ...at, ...comment } as const] : []),
  ];
}

/** Default of a column; for a view's column, that something behind the view fills it. */
const fallbackOf = ({ default: own, filledBy }: Column) =>
  own ??
  (filledBy === undefined ? undefined : `of the ${filledBy === 'default' ? 'column' : filledBy} behind the view`);

const collationOf = ({ nondeterministic }: Column): 'deterministic' | 'nondeterministic' =>
  nondeterministic ? 'nondeterministic' : 'deterministic';

function bothWritable(was: FieldMeaning, is: FieldMeaning) {
  return {
    insert: was.insert !== undefined && is.insert !== undefined,
    update: was.update !== undefined && is.update !== undefined,
  };
}

/**
 * Compares the literal unions that CHECKs narrow a column to. Not told here: values of a domain, which are told once at
 * the domain, and those of a column whose type changed, since the new type says it all.
 */
function compareValues({ from, to }: Comparison, { at, before, after, was, is }: ColumnView): Change[] {
  const domain = nameKey(after.type);
  const ofDomain =
    to.meaning.domains.has(domain) && from.meaning.domains.has(domain) && nameKey(before.type) === domain;
  if (
    ofDomain &&
    same(literalsOf(from.meaning.domains.get(domain)?.read ?? []), literalsOf(was.read)) &&
    same(literalsOf(to.meaning.domains.get(domain)?.read ?? []), literalsOf(is.read))
  )
    return [];
  if (!same(plainType(was.read), plainType(is.read))) return [];
  const values = changedValues(was.read, is.read);
  return values ? [{ rule: 'column-values', ...at, ...values, writable: bothWritable(was, is) }] : [];
}

/**
 * The literals before and after, undefined where both are the same set. A side is absent where any value of the type is
 * possible.
 */
export function changedValues(
  before: readonly string[],
  after: readonly string[],
): { before?: readonly string[]; after?: readonly string[] } | undefined {
  const [old, now] = [literalsOf(before), literalsOf(after)];
  if (same([...old].sort(), [...now].sort())) return undefined;
  return { ...(old.length > 0 ? { before: old } : {}), ...(now.length > 0 ? { after: now } : {}) };
}
