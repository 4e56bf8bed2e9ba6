import type { Asking } from '../infer/describe.js';

/** A statement that is put into the body of a function, with the types of its parameters as a CAST names them. */
export interface Body {
  readonly sql: string;
  readonly types: readonly string[];
  /** Whether the statement gives rows, so that the function returns some. */
  readonly returns: boolean;
}

/**
 * Has the server analyse statements: each becomes the body of a function in `pg_temp`, in the transaction that is
 * rolled back, and the tree of the body is read. Each was parsed alone before, and begins with a word that no end of a
 * body begins with, so that it is one statement here too. The functions never run.
 */
export async function readBodies(bodies: readonly Body[], { session, searchPath }: Asking): Promise<readonly string[]> {
  const functions = bodies.map(functionStatement);
  const read = await session.query<{ name: string; tree: string }>(
    `${[searchPath, ...functions].join('; ')}; set local search_path = ''; ${readOurs}; rollback to savepoint rowsmith`,
  );
  const trees = new Map(read.map(({ name, tree }) => [name, tree]));
  return bodies.map((_, index) => treeOf(trees.get(bodyName(index))));
}

const bodyName = (index: number) => `rowsmith_query_${index}`;

/** A body is a list of lists of statements; the query of a view is a list of one. */
const treeOf = (body = '') => body.slice(1, -1);

export function functionStatement({ sql, types, returns }: Body, index: number): string {
  const head = `create function pg_temp.${bodyName(index)}(${types.join(', ')}) returns ${returns ? 'setof record' : 'void'}`;
  return `${head} language sql begin atomic ${sql}\n; end`;
}

const readOurs = `select p.proname::text as name, p.prosqlbody::text as tree from pg_proc p
where p.pronamespace = pg_my_temp_schema() and p.proname like 'rowsmith\\_query\\_%'`;
