import type { Session } from '../../postgres/session.js';
import { isRefusal } from '../../postgres/sql-state.js';
import type { QualifiedName, QueryFact, TypeRef } from '../catalog.js';
import { readTypes } from '../infer/type-row.js';
import { whyNothingTemporary } from '../infer/why-nothing-temporary.js';
import type { QueryFacts } from '../proofs/query-facts.js';
import { type AnalysedBodies, analyseBodies, type Body, functionStatement } from './bodies.js';
import { assembleQuery, castsOf, type TypedQuery } from './facts.js';
import { ask, type DescribedQuery, describeQuery, messageOf, spelledQuery } from './parameter-types.js';
import { type QueryProblem, queriesRefused } from './problem.js';
import type { QueryText } from './query-text.js';

/** The session that queries are analysed in, within the transaction of a reading, and the facts of its schema. */
export interface Analysis {
  readonly session: Session;
  readonly facts: QueryFacts;
  /** The relations of the schema by their oids. */
  readonly relations: ReadonlyMap<number, QualifiedName>;
  /** A statement that sets the search path under which they are parsed. */
  readonly searchPath: string;
  readonly note: (message: string) => void;
}

/**
 * Asks the server about queries: their parameters, columns and types, and what their analysed trees prove. Each is
 * parsed alone, by the extended protocol, and none runs. It happens behind the savepoint of a reading. Throws one error
 * with everything that is wrong with any of them; `known` is what their texts already told.
 */
export async function analyseQueries(
  queries: readonly QueryText[],
  known: readonly QueryProblem[],
  analysis: Analysis,
): Promise<readonly QueryFact[]> {
  const problems = [...known];
  const described: DescribedQuery[] = [];
  for (const query of queries) {
    const told = await describeQuery(query, analysis);
    if ('message' in told) problems.push(told);
    else described.push(told);
  }
  problems.push(...described.flatMap(columnProblems));
  const typed = await withTypes(described, analysis.session);
  const bodies = await analysed(typed, problems, analysis);
  if (problems.length > 0) throw queriesRefused(problems);
  const facts: QueryFact[] = [];
  for (const [index, query] of typed.entries()) {
    const analysed = bodies && { bodies, tree: bodies.trees[index] ?? '' };
    facts.push(assembleQuery(query, await canBeRelation(query, analysis), analysed, analysis));
  }
  return facts;
}

function columnProblems({ query, columns }: DescribedQuery): QueryProblem[] {
  const { file, start: at, name, kind } = query;
  const refused = (message: string): QueryProblem[] => [{ file, at, message }];
  if (columns.length === 0 && kind !== 'exec') return refused(`${name} gives no rows: it is :exec, or has a RETURNING`);
  const unnamed = columns.findIndex((column) => column.name === '?column?');
  if (unnamed >= 0) return refused(`column ${unnamed + 1} of ${name} has no name: write "as …" behind it`);
  const names = columns.map((column) => column.name);
  const twice = names.find((column, index) => names.indexOf(column) !== index);
  return twice === undefined
    ? []
    : refused(`${name} has two columns that are called ${twice}: give one another name with "as …"`);
}

/** Asks for all types at once. */
async function withTypes(described: readonly DescribedQuery[], session: Session): Promise<readonly TypedQuery[]> {
  const wanted = new Map<string, { readonly type: number; readonly modifier: number }>();
  const want = (type: number, modifier: number) => wanted.set(`${type} ${modifier}`, { type, modifier });
  for (const { types, columns } of described) {
    for (const type of types.values()) want(type, -1);
    for (const { type, modifier } of columns) want(type, modifier);
  }
  const read = await readTypes(session, [...wanted.values()]);
  const known = new Map([...wanted.keys()].map((key, index) => [key, read[index] as TypeRef]));
  const typeNamed = (type: number, modifier: number) => known.get(`${type} ${modifier}`) as TypeRef;
  return described.map((query) => ({
    ...query,
    parameterTypes: new Map([...query.types].map(([name, oid]) => [name, typeNamed(oid, -1)])),
    columnTypes: query.columns.map(({ type, modifier }) => typeNamed(type, modifier)),
  }));
}

/** The trees of the queries; undefined where the server makes no functions for us. */
async function analysed(
  queries: readonly TypedQuery[],
  problems: QueryProblem[],
  { session, searchPath, note }: Analysis,
): Promise<AnalysedBodies | undefined> {
  if (queries.length === 0) return undefined;
  const bodies = queries.map(bodyOf);
  try {
    const answer = await analyseBodies(session, bodies, searchPath);
    problems.push(...queries.flatMap((query, index) => temporaryTables(query, answer, index)));
    return answer;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await session.query('rollback to savepoint rowsmith');
    const reason = await whyNothingTemporary(session, error, 'a temporary function');
    if (reason !== undefined)
      note(`The columns of queries are nullable, because nothing could be proven about them: ${reason}.`);
    else problems.push(...(await culprits(queries, bodies, { session, searchPath })));
    if (reason === undefined && problems.length === 0) throw error;
    return undefined;
  }
}

const bodyOf = (typed: TypedQuery): Body => ({
  sql: spelledQuery(typed.query, { numbers: 'of names', casts: castsOf(typed) }).sql,
  types: [...castsOf(typed).values()],
  returns: typed.columns.length > 0,
});

function temporaryTables({ query }: TypedQuery, { trees, relations }: AnalysedBodies, index: number): QueryProblem[] {
  const found = relations.find(({ id, temporary }) => temporary && trees[index]?.includes(`:relid ${id} `));
  return found
    ? [{ file: query.file, at: query.start, message: `${query.name} names ${found.name}, a temporary table` }]
    : [];
}

/** The queries that the server refuses in the body of a function of their own, with its reasons. */
async function culprits(
  queries: readonly TypedQuery[],
  bodies: readonly Body[],
  { session, searchPath }: Pick<Analysis, 'session' | 'searchPath'>,
): Promise<QueryProblem[]> {
  const problems: QueryProblem[] = [];
  for (const [index, { query }] of queries.entries()) {
    const statement = functionStatement(bodies[index] as Body, 0);
    const error = await session.query(`${searchPath}; ${statement}; rollback to savepoint rowsmith`).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error === undefined) continue;
    if (!isRefusal(error)) throw error;
    await session.query('rollback to savepoint rowsmith');
    problems.push({ file: query.file, at: query.start, message: messageOf(error) });
  }
  return problems;
}

/**
 * Whether a query can stand in FROM, where Kysely numbers each use of a parameter anew: then the server must take it so,
 * and find the same types.
 */
async function canBeRelation(typed: TypedQuery, asking: Analysis): Promise<boolean> {
  const { query, types, columns } = typed;
  if (columns.length === 0) return false;
  const sent = spelledQuery(query, { numbers: 'of uses', casts: castsOf(typed) });
  const answer = await ask({ sql: `select * from (${sent.sql}\n) as t` }, asking);
  if ('error' in answer) return false;
  return query.uses.every(({ name }, index) => answer.parameters[index] === types.get(name));
}
