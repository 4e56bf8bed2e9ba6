import type { QueryColumn, QueryFact, QueryParameter } from '../../catalog/catalog.js';
import type { Change, FitOfType, OfQuery } from '../change.js';
import { type FailedQuery, type Members, queryKey, type Side } from '../side.js';
import { between, type Comparison, match, nullability, same } from './context.js';
import { fits, literalsOf, plainType, withoutNull } from './fits.js';

/** Compares queries of SQL files: whether the schema takes them, and what their functions take and give. */
export function compareQueries(comparison: Comparison): Change[] {
  const [from, to] = [comparison.from.catalog.queries ?? [], comparison.to.catalog.queries ?? []];
  const { removed, added, paired } = match(from, to, queryKey);
  const failures = compareFailures(comparison);
  const told = new Set(failures.map(({ query }) => queryKey(query)));
  const isTold = (query: QueryFact) => told.has(queryKey(query));
  return [
    ...failures,
    ...paired.flatMap(([before, after]) => compareQuery(comparison, before, after)),
    ...added.filter((query) => !isTold(query)).map((query): Change => ({ rule: 'query-added', ...of(query) })),
    ...removed.filter((query) => !isTold(query)).map((query): Change => ({ rule: 'query-removed', ...of(query) })),
  ];
}

const of = ({ file, name }: QueryFact | FailedQuery) => ({ query: { file, name } });

function compareFailures({ from, to }: Comparison) {
  const [before, after] = [failures(from), failures(to)];
  return [...new Map([...before, ...after])].map(([key, failed]) => {
    const { path, line, column, message } = failed;
    return {
      rule: 'query-failed',
      ...of(failed),
      ...{ before: before.has(key), after: after.has(key) },
      ...{ place: { path, line, column }, message },
    } as const;
  });
}

const failures = ({ failedQueries = [] }: Side) => new Map(failedQueries.map((failed) => [queryKey(failed), failed]));

function compareQuery(comparison: Comparison, before: QueryFact, after: QueryFact): Change[] {
  const { query } = of(after);
  const kind = between(before.kind, after.kind);
  const clause = between(before.standsIn, after.standsIn);
  return [
    ...(kind ? [{ rule: 'query-kind', query, ...kind } as const] : []),
    ...(clause ? [{ rule: 'query-clause', query, ...clause } as const] : []),
    ...(before.digest === after.digest ? [] : [{ rule: 'query-sql', query } as const]),
    ...compareRow(comparison, before, after),
    ...compareArguments(comparison, before, after),
  ];
}

/** A field of a row or an argument, under its generated name. */
interface Part {
  readonly field: string;
  /** The type in SQL, and in TypeScript where the models of that day can be told. */
  readonly sql: string;
  readonly members: Members | undefined;
  readonly isNullable: boolean;
}

function compareRow({ from, to, enumNames }: Comparison, before: QueryFact, after: QueryFact): Change[] {
  const { query } = of(after);
  const { removed, added, paired } = match(rowOf(from, before), rowOf(to, after), ({ field }) => field);
  return [
    ...paired.flatMap(([old, now]) => comparePart({ query, kind: 'column', enums: enumNames }, old, now)),
    ...added.map(({ field }): Change => ({ rule: 'query-column-added', query, part: field })),
    ...removed.map(({ field }): Change => ({ rule: 'query-column-removed', query, part: field })),
  ];
}

function compareArguments({ from, to, enumNames }: Comparison, before: QueryFact, after: QueryFact): Change[] {
  const { query } = of(after);
  const { removed, added, paired } = match(argumentsOf(from, before), argumentsOf(to, after), ({ field }) => field);
  return [
    ...paired.flatMap(([old, now]) => comparePart({ query, kind: 'argument', enums: enumNames }, old, now)),
    ...added.map(
      ({ field, isNullable }): Change => ({ rule: 'query-argument-added', query, part: field, required: !isNullable }),
    ),
    ...removed.map(({ field }): Change => ({ rule: 'query-argument-removed', query, part: field })),
  ];
}

function rowOf({ meaning }: Side, query: QueryFact): Part[] {
  const row = meaning.queries.get(queryKey(query))?.row;
  return query.columns.map(({ name, type, notNull }: QueryColumn) => {
    const { field = name, read } = row?.get(name) ?? {};
    return { field, sql: type.sql, members: read && withoutNull(read), isNullable: !notNull };
  });
}

function argumentsOf({ meaning }: Side, query: QueryFact): Part[] {
  const known = meaning.queries.get(queryKey(query))?.arguments;
  return query.parameters.map(({ name, type, nullable }: QueryParameter) => {
    const { field = name, accepts } = known?.get(name) ?? {};
    return { field, sql: type.sql, members: accepts, isNullable: nullable };
  });
}

/** Whose parts are compared: those that the query returns, or those that it takes. */
interface Compared extends OfQuery {
  readonly kind: 'column' | 'argument';
  readonly enums: ReadonlySet<string>;
}

function comparePart(compared: Compared, old: Part, now: Part): Change[] {
  const { query, kind } = compared;
  const of = { query, part: now.field };
  const type = typeChange(compared, old, now);
  const nulls = between(nullability(!old.isNullable), nullability(!now.isNullable));
  return [
    ...(type ? [{ rule: `query-${kind}-type`, ...of, ...type } as const] : []),
    ...(nulls ? [{ rule: `query-${kind}-nullability`, ...of, ...nulls } as const] : []),
  ];
}

/**
 * Tells a change of type. Values that are read now have to fit what code expects; values that code gives have to fit
 * what is taken now.
 */
function typeChange({ kind, enums }: Compared, old: Part, now: Part) {
  if (!old.members || !now.members) {
    const changed = between(old.sql, now.sql);
    return changed && { ...changed, fits: 'no' as const };
  }
  if (same([...old.members].sort(), [...now.members].sort())) return undefined;
  const [values, type] = kind === 'column' ? [now.members, old.members] : [old.members, now.members];
  return { before: spelled(old.members), after: spelled(now.members), fits: howItFits(values, type, enums) };
}

function howItFits(values: Members, type: Members, enums: ReadonlySet<string>): FitOfType['fits'] {
  if (fits(values, type, enums)) return 'yes';
  const areLiterals = [values, type].every((members) => literalsOf(members).length > 0);
  return areLiterals && same(plainType(values), plainType(type)) ? 'but for literals' : 'no';
}

const spelled = (members: Members): string => members.join(' | ');
