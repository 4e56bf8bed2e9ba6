import type { Session } from '../../postgres/session.js';
import { arraysQuery, builtinsQuery } from '../query/builtins.js';
import type { RawArrayFact, RawBuiltin } from '../raw-catalog.js';

/** A statement that is put into the body of a function, with the types of its parameters as a CAST names them. */
export interface Body {
  readonly sql: string;
  readonly types: readonly string[];
  /** Whether the statement gives rows, so that the function returns some. */
  readonly returns: boolean;
}

/** The analysed statements, and what the server says of all that stands in them. */
export interface AnalysedBodies {
  /** The tree of each, in the order of the bodies, as a view's query is printed. */
  readonly trees: readonly string[];
  readonly relations: readonly BodyRelation[];
  readonly builtins: readonly RawBuiltin[];
  readonly arrays: readonly RawArrayFact[];
  /** The oids of the operators that are called `=`. */
  readonly equals: readonly number[];
}

/** A relation that a statement names. */
export interface BodyRelation {
  readonly id: number;
  readonly schema: string;
  readonly name: string;
  /** Whether a row that is written may be stored as another: the relation has rules, or is no table. */
  readonly rewritten: boolean;
  readonly temporary: boolean;
}

/**
 * Has the server analyse statements: each becomes the body of a function in `pg_temp`, in the transaction that is rolled
 * back, and the tree of the body is read. Each was parsed alone before, and begins with a word that no end of a body
 * begins with, so that it is one statement here too. The functions never run.
 */
export async function analyseBodies(
  session: Session,
  bodies: readonly Body[],
  searchPath: string,
): Promise<AnalysedBodies> {
  const functions = bodies.map(functionStatement);
  const [row] = await session.query<{ answer: string }>(
    `${[searchPath, ...functions].join('; ')}; set local search_path = ''; ${readBodies}; rollback to savepoint rowsmith`,
  );
  const { bodies: read, ...lists } = JSON.parse(row?.answer ?? '{}') as BodyLists;
  const trees = new Map(read.map(({ name, tree }) => [name, tree]));
  return {
    ...lists,
    relations: lists.relations ?? [],
    trees: bodies.map((_, index) => treeOf(trees.get(bodyName(index)))),
  };
}

const bodyName = (index: number) => `rowsmith_query_${index}`;

/** A body is a list of lists of statements; the query of a view is a list of one. */
const treeOf = (body = '') => body.slice(1, -1);

export function functionStatement({ sql, types, returns }: Body, index: number): string {
  const head = `create function pg_temp.${bodyName(index)}(${types.join(', ')}) returns ${returns ? 'setof record' : 'void'}`;
  return `${head} language sql begin atomic ${sql}\n; end`;
}

interface BodyLists extends Omit<AnalysedBodies, 'trees' | 'relations'> {
  readonly bodies: readonly { readonly name: string; readonly tree: string }[];
  readonly relations: readonly BodyRelation[] | null;
}

const ourBodies = `p.pronamespace = pg_my_temp_schema() and p.proname like 'rowsmith\\_query\\_%'`;

const readBodies = `select json_build_object(
'bodies', (select json_agg(l) from (select p.proname as name, p.prosqlbody::text as tree from pg_proc p where ${ourBodies}) l),
'relations', (select json_agg(l) from (
  select c.oid::int8 as id, n.nspname as schema, c.relname as name,
    c.relhasrules or c.relkind not in ('r', 'p') as rewritten, c.relpersistence = 't' as temporary
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.oid in (select m[1]::oid from pg_proc p cross join lateral regexp_matches(p.prosqlbody::text, ':relid (\\d+)', 'g') m where ${ourBodies})) l),
'builtins', (select json_agg(l) from (${builtinsQuery}) l),
'arrays', (select json_agg(l) from (${arraysQuery}) l),
'equals', (select json_agg(o.oid::int8) from pg_operator o where o.oprname = '=')
)::text as answer`;
