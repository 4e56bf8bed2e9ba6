import type { Asking } from '../infer/describe.js';

/** A statement that is put into the body of a function, with the types of its parameters as a CAST names them. */
export interface Body {
  readonly sql: string;
  readonly types: readonly string[];
  /** Whether the statement gives rows, so that the function returns some. */
  readonly returns: boolean;
}

/** How many bodies the server analyses before it sends their trees, which are read while it analyses the next. */
const slice = 20;

/**
 * Has the server analyse statements, and calls `take` with the tree of each as it arrives: each statement becomes the
 * body of a function in `pg_temp`, in the transaction that is rolled back. Each was parsed alone before, and begins
 * with a word that no end of a body begins with, so that it is one statement here too. The functions never run.
 */
export async function readBodies(
  bodies: readonly Body[],
  { session, searchPath }: Asking,
  take: (tree: string, index: number) => void,
): Promise<void> {
  const slices: string[] = [];
  for (let from = 0; from < bodies.length; from += slice) {
    const created = bodies.slice(from, from + slice).map((body, index) => functionStatement(body, from + index));
    slices.push(searchPath, ...created, `set local search_path = ''`, readOurs(from, from + created.length));
  }
  await session.eachRow<{ index: number; tree: string }>(
    `${slices.join('; ')}; rollback to savepoint rowsmith`,
    ({ index, tree }) => take(treeOf(tree), index),
  );
}

/** A body is a list of lists of statements; the query of a view is a list of one. */
const treeOf = (body: string) => body.slice(1, -1);

export function functionStatement({ sql, types, returns }: Body, index: number): string {
  const head = `create function pg_temp.rowsmith_query_${index}(${types.join(', ')}) returns ${returns ? 'setof record' : 'void'}`;
  return `${head} language sql begin atomic ${sql}\n; end`;
}

const readOurs = (from: number, to: number) => `select n as index, p.prosqlbody::text as tree
from generate_series(${from}, ${to - 1}) n join pg_proc p on p.proname = ('rowsmith_query_' || n)::name
where p.pronamespace = pg_my_temp_schema()`;
