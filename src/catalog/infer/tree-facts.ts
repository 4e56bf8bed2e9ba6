import type { Session } from '../../postgres/session.js';
import { arraysQuery, builtinsQuery } from '../query/builtins.js';
import type { RawCatalog } from '../raw-catalog.js';
import { functionFields, type VolatileCall, volatileCalls } from './volatility.js';

/** The facts of built-in functions, which the catalog has where the schema has views; elsewhere they are empty. */
export type KnownBuiltins = Pick<RawCatalog, 'builtins' | 'arrays'>;

/** What the server tells beside the trees of SQL fields. */
export interface FieldFacts extends KnownBuiltins {
  readonly volatile: readonly VolatileCall[];
}

/** What the server tells beside the trees of statements. */
export interface StatementFacts extends KnownBuiltins {
  /** The relations whose written rows may be stored as others: those with rules, as every view, and foreign tables. */
  readonly rewritten: readonly { readonly id: number }[];
  readonly temporary: readonly TemporaryTable[];
  /** The operators that are called `=`. */
  readonly equals: readonly { readonly id: number }[];
}

export interface TemporaryTable {
  readonly id: number;
  readonly name: string;
}

/** Asks for the facts of everything that the trees of fields name by its oid. */
export function readFieldFacts(session: Session, trees: readonly string[], known: KnownBuiltins): Promise<FieldFacts> {
  const calls = volatileCalls(idsAfter(['relid'], trees), idsAfter(functionFields, trees));
  return readLists<FieldFacts>(session, { volatile: calls }, known);
}

/** Asks for the facts that proofs about any statement need. */
export function readStatementFacts(session: Session, known: KnownBuiltins): Promise<StatementFacts> {
  const own = {
    rewritten: `select c.oid::int8 as id from pg_class c where c.relhasrules or c.relkind = 'f'`,
    temporary: `select c.oid::int8 as id, c.relname as name from pg_class c where c.relpersistence = 't'`,
    equals: `select o.oid::int8 as id from pg_operator o where o.oprname = '='`,
  };
  return readLists<StatementFacts>(session, own, known);
}

/** Asks for lists at once, behind the savepoint of a reading. A list without rows is empty. */
async function readLists<Facts extends KnownBuiltins>(
  session: Session,
  own: { readonly [List in Exclude<keyof Facts, keyof KnownBuiltins>]: string },
  known: KnownBuiltins,
): Promise<Facts> {
  const lists = { ...own, ...(known.builtins.length > 0 ? {} : { builtins: builtinsQuery, arrays: arraysQuery }) };
  const spelled = Object.entries(lists).map(
    ([name, query]) => `'${name}', coalesce((select json_agg(l) from (${query}) l), '[]')`,
  );
  const [row] = await session.query<{ answer: string }>(
    `set local search_path = ''; select json_build_object(${spelled.join(', ')})::text as answer; rollback to savepoint rowsmith`,
  );
  return { ...known, ...JSON.parse(row?.answer ?? '{}') };
}

/**
 * The oids behind some fields of trees. A name in a tree cannot be taken for a field: a space in it has a backslash
 * before it.
 */
function idsAfter(fields: readonly string[], trees: readonly string[]): readonly number[] {
  const field = new RegExp(`:(?:${fields.join('|')}) (\\d+)`, 'g');
  return [...new Set(trees.flatMap((tree) => [...tree.matchAll(field)].map(([, id]) => Number(id))))];
}
