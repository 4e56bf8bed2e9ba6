import type { QueryFact } from '../catalog/catalog.js';
import { placeOf, problemsOf, type QueryProblem } from '../catalog/queries/problem.js';
import type { QueryText } from '../catalog/queries/query-text.js';
import type { ReadQueries } from '../catalog/queries/read-queries.js';
import type { InferOptions, Reading } from '../catalog/reading.js';

/** A query that a schema refuses: where in its file, and why. */
export interface RefusedQuery {
  readonly file: string;
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The queries that a schema takes, and those that it refuses. */
export interface FittingQueries {
  readonly queries: readonly QueryFact[];
  readonly failed: readonly RefusedQuery[];
}

/**
 * Analyses the queries that a schema takes, and tells why it refuses the others: they may be of another day. What their
 * texts alone tell is wrong whatever the schema is, and is thrown.
 */
export async function queriesThatFit(
  reading: Reading,
  { queries, problems }: ReadQueries,
  options: InferOptions,
): Promise<FittingQueries> {
  const failed = new Map<QueryText, RefusedQuery>();
  for (;;) {
    const left = queries.filter((query) => !failed.has(query));
    try {
      return { queries: await reading.queries({ queries: left, problems }, options), failed: [...failed.values()] };
    } catch (error) {
      const told = problems.length === 0 ? problemsOf(error) : undefined;
      if (!told) throw error;
      for (const problem of told) {
        const query = ownerOf(problem, left);
        if (!failed.has(query)) failed.set(query, failedQuery(query, problem));
      }
    }
  }
}

/** The query that a problem is about: the last one that begins before its place. */
function ownerOf({ file, at }: QueryProblem, queries: readonly QueryText[]): QueryText {
  const [owner] = queries.filter((query) => query.file === file && query.at <= at).slice(-1);
  if (!owner) throw new Error(`No query of ${file.path} begins before ${at}.`);
  return owner;
}

function failedQuery({ file, name }: QueryText, { at, message }: QueryProblem): RefusedQuery {
  const { line, column } = placeOf(file, at);
  return { file: file.path, name, line, column, message };
}
