import type { Session } from '../../postgres/session.js';
import { arraysQuery, builtinsQuery } from '../query/builtins.js';
import type { RawArrayFact, RawBuiltin, RawCatalog } from '../raw-catalog.js';
import { functionFields, oids, type VolatileCall, volatileCalls } from './volatility.js';

/** Facts of everything that analysed statements name by its oid. */
export interface TreeFacts {
  readonly relations: readonly TreeRelation[];
  readonly builtins: readonly RawBuiltin[];
  readonly arrays: readonly RawArrayFact[];
  /** The oids of the operators that are called `=`. */
  readonly equals: readonly number[];
  readonly volatile: readonly VolatileCall[];
}

/** A relation that a statement names. */
export interface TreeRelation {
  readonly id: number;
  readonly name: string;
  /** Whether a row that is written may be stored as another: the relation has rules, or is no table. */
  readonly rewritten: boolean;
  readonly temporary: boolean;
}

/** The facts of built-in functions, which the catalog has where the schema has views; elsewhere they are empty. */
export type KnownBuiltins = Pick<RawCatalog, 'builtins' | 'arrays'>;

/** Asks for the facts of all trees at once, behind the savepoint of a reading. */
export async function readTreeFacts(
  session: Session,
  trees: readonly string[],
  known: KnownBuiltins,
): Promise<TreeFacts> {
  const relations = idsAfter(['relid'], trees);
  const functions = idsAfter(functionFields, trees);
  const lists = {
    relations: relationsQuery(relations),
    ...(known.builtins.length > 0 ? {} : { builtins: builtinsQuery, arrays: arraysQuery }),
    equals: `select o.oid::int8 as id from pg_operator o where o.oprname = '='`,
    volatile: volatileCalls(relations, functions),
  };
  const spelled = Object.entries(lists).map(([name, query]) => `'${name}', (select json_agg(l) from (${query}) l)`);
  const [row] = await session.query<{ answer: string }>(
    `set local search_path = ''; select json_build_object(${spelled.join(', ')})::text as answer; rollback to savepoint rowsmith`,
  );
  const told = JSON.parse(row?.answer ?? '{}') as {
    readonly [List in keyof TreeFacts]?: (List extends 'equals' ? readonly { id: number }[] : TreeFacts[List]) | null;
  };
  return {
    relations: told.relations ?? [],
    builtins: told.builtins ?? known.builtins,
    arrays: told.arrays ?? known.arrays,
    equals: (told.equals ?? []).map(({ id }) => id),
    volatile: told.volatile ?? [],
  };
}

/**
 * The oids behind some fields of trees. A name in a tree cannot be taken for a field: a space in it has a backslash
 * before it.
 */
function idsAfter(fields: readonly string[], trees: readonly string[]): readonly number[] {
  const field = new RegExp(`:(?:${fields.join('|')}) (\\d+)`, 'g');
  return [...new Set(trees.flatMap((tree) => [...tree.matchAll(field)].map(([, id]) => Number(id))))];
}

const relationsQuery = (ids: readonly number[]) => `select c.oid::int8 as id, c.relname as name,
    c.relhasrules or c.relkind not in ('r', 'p') as rewritten, c.relpersistence = 't' as temporary
  from pg_class c where c.oid = any(${oids(ids)})`;
