import type { Session } from '../../postgres/session.js';
import type { QualifiedName, QueryFact, TypeRef } from '../catalog.js';
import { type Asking, describeEach, refusalOf } from '../infer/describe.js';
import { printedNote, printedTrees } from '../infer/printed-trees.js';
import { type KnownBuiltins, readStatementFacts, type StatementFacts } from '../infer/tree-facts.js';
import { readTypes } from '../infer/type-row.js';
import { whyNothingTemporary } from '../infer/why-nothing-temporary.js';
import type { QueryFacts } from '../proofs/query-facts.js';
import { type Body, functionStatement, readBodies } from './bodies.js';
import { assembleQuery, castsOf, type ProvenQuery, proveQuery, type TypedQuery } from './facts.js';
import { type DescribedQuery, describeQueries, messageOf, spelledQuery } from './parameter-types.js';
import { type QueryProblem, queriesRefused } from './problem.js';
import type { QueryText } from './query-text.js';
import { parameterNames } from './sent-text.js';

/** The session that queries are analysed in, within the transaction of a reading, and the facts of its schema. */
export interface Analysis extends Asking {
  readonly facts: QueryFacts;
  /** The relations of the schema by their oids. */
  readonly relations: ReadonlyMap<number, QualifiedName>;
  readonly builtins: KnownBuiltins;
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
  for (const told of await describeQueries(queries, analysis)) {
    if ('message' in told) problems.push(told);
    else described.push(told);
  }
  problems.push(...described.flatMap(columnProblems));
  const typed = await withTypes(described, analysis.session);
  const told = await readStatementFacts(analysis.session, analysis.builtins);
  const proven: ProvenQuery[] = [];
  await eachTree(typed, problems, analysis, (query, tree, index) => {
    problems.push(...temporaryTables(query, tree, told));
    proven[index] = proveQuery(query, tree, told, analysis);
  });
  if (problems.length > 0) throw queriesRefused(problems);
  const relations = await canBeRelations(proven, analysis);
  return proven.map((query, index) => assembleQuery(query, relations[index] === true, analysis));
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

/** Calls `take` with the analysed tree of each query, from functions where they can be created. */
async function eachTree(
  queries: readonly TypedQuery[],
  problems: QueryProblem[],
  asking: Analysis,
  take: (query: TypedQuery, tree: string, index: number) => void,
): Promise<void> {
  if (queries.length === 0) return;
  const bodies = queries.map(bodyOf);
  try {
    await readBodies(bodies, asking, (tree, index) => take(queries[index] as TypedQuery, tree, index));
  } catch (error) {
    const reason = await whyNothingTemporary(asking.session, error);
    if (reason === undefined) {
      problems.push(...(await culprits(queries, bodies, asking)));
      if (problems.length === 0) throw error;
      return;
    }
    const trees = await printedTrees(
      bodies.map(({ sql }) => sql),
      asking,
    );
    asking.note(printedNote(trees, { what: 'queries', which: 'query' }, reason));
    queries.forEach((query, index) => take(query, trees[index] ?? '', index));
  }
}

const bodyOf = (typed: TypedQuery): Body => ({
  sql: spelledQuery(typed.query, { numbers: 'of names', casts: castsOf(typed) }).sql,
  types: [...castsOf(typed).values()],
  returns: typed.columns.length > 0,
});

function temporaryTables({ query }: TypedQuery, tree: string, { temporary }: StatementFacts): QueryProblem[] {
  const found = temporary.find(({ id }) => tree.includes(`:relid ${id} `));
  return found
    ? [{ file: query.file, at: query.start, message: `${query.name} names ${found.name}, a temporary table` }]
    : [];
}

/** The queries that the server refuses in the body of a function of their own, with its reasons. */
async function culprits(
  queries: readonly TypedQuery[],
  bodies: readonly Body[],
  asking: Asking,
): Promise<QueryProblem[]> {
  const problems: QueryProblem[] = [];
  for (const [index, { query }] of queries.entries()) {
    const error = await refusalOf(functionStatement(bodies[index] as Body, 0), asking);
    if (error !== undefined) problems.push({ file: query.file, at: query.start, message: messageOf(error) });
  }
  return problems;
}

/**
 * Whether each query can stand in FROM: one that gives rows and writes nothing. Kysely numbers each use of a parameter
 * anew there, so that one that is used again makes another statement: the server must take that, and find the same
 * types.
 */
async function canBeRelations(proven: readonly ProvenQuery[], asking: Asking): Promise<readonly boolean[]> {
  const readsRows = ({ uses, columns }: ProvenQuery) =>
    columns.length > 0 && ['nothing', 'unknown'].includes(uses.writing);
  const asked = proven.filter((one) => readsRows(one) && (one.uses.writing === 'unknown' || usesAgain(one.typed)));
  const answers = await describeEach(
    asked.map(({ typed }) => {
      const { sql } = spelledQuery(typed.query, { numbers: 'of uses', casts: castsOf(typed) });
      return `select * from (${sql}\n) as t`;
    }),
    asking,
  );
  return proven.map((one) => {
    const answer = answers[asked.indexOf(one)];
    if (!answer) return readsRows(one);
    const { query, types } = one.typed;
    return !('error' in answer) && query.uses.every(({ name }, use) => answer.parameters[use] === types.get(name));
  });
}

const usesAgain = ({ query }: TypedQuery) => query.uses.length > parameterNames(query).length;
