import { isDeepStrictEqual } from 'node:util';
import { Answer, type AnsweredList } from './answer.js';
import { assembleCatalog } from './assemble/catalog.js';
import type { Catalog, InferredExpression } from './catalog.js';
import { optional } from './collections.js';
import { changedQuery } from './concurrent-ddl.js';
import { beginSnapshot, conditionsQuery, fingerprintQuery } from './fingerprint.js';
import { checkAssertions } from './infer/assertions.js';
import type { Expression } from './infer/expression.js';
import { inferExpressions } from './infer/infer.js';
import { userSearchPath } from './infer/search-path.js';
import { createQueryFacts } from './proofs/query-facts.js';
import { catalogQuery } from './query/catalog-query.js';
import type { RawCatalog } from './raw-catalog.js';
import type { Session } from '../postgres/session.js';
import { isPassing, sqlState } from '../postgres/sql-state.js';
import { renameInExpressions } from './tenants/rename.js';
import { serverNotReadable } from './unreadable.js';

export interface IntrospectionRequest {
  /**
   * Narrows the catalog to the relations that are wanted and names the SQL expressions to infer over them. It is asked in
   * between because wildcards in a config can only be resolved against what exists.
   */
  readonly narrow: (catalog: Catalog) => {
    readonly catalog: Catalog;
    readonly expressions: readonly Expression[];
    /** The database has the second schema where the catalog has the first. */
    readonly standIn?: StandIn;
  };
  /** Hears what is worth knowing but no error. */
  readonly note?: (message: string) => void;
}

export interface StandIn {
  readonly schema: string;
  readonly by: string;
}

/** What was inferred for a request, of relations that the database has. */
interface Inferred {
  readonly catalog: Catalog;
  readonly inferred: readonly InferredExpression[];
  readonly standIn?: StandIn;
}

/** What was inferred for a stand-in is said of what it stands for. */
function withExpressions({ catalog, inferred, standIn }: Inferred): Catalog {
  if (inferred.length === 0) return catalog;
  return { ...catalog, expressions: standIn ? renameInExpressions(inferred, standIn.by, standIn.schema) : inferred };
}

/** How often an internal error of the server counts as another session's doing. */
const patience = 5;

/** A catalog, and what tells whether it is still that of its database. */
export interface Reading {
  readonly catalog: Catalog;
  /**
   * Of the whole database, as `readFingerprint` gives it; where it was asked for. The server may still be making it, and the session is
   * needed until it is there. Undefined from a server that cannot tell it; never rejected.
   */
  readonly fingerprint?: Promise<string | undefined>;
}

/** What else is wanted of a reading. */
export interface ReadingOptions {
  /** The fingerprint of the whole database. */
  readonly identify?: boolean;
  /** Hears how many columns the database has when that much of the answer is there. */
  readonly onColumns?: (count: number) => void;
}

export async function introspect(session: Session, request: IntrospectionRequest): Promise<Catalog> {
  return (await readCatalogs(session, [request]))[0]?.catalog as Catalog;
}

/**
 * Reads the catalog as of one moment, for each request. A reading during which another session changed the schema is made again, until
 * nothing changed or two in a row say the same; one that waited for a lock too, until the session's time is up.
 */
export async function readCatalogs(session: Session, requests: readonly IntrospectionRequest[], options: ReadingOptions = {}): Promise<readonly Reading[]> {
  let previous: readonly string[] | undefined;
  for (let failures = 0; ; ) {
    try {
      const { changed, answer, readings, fingerprint } = await readOnce(session, requests, options);
      if (!changed || isDeepStrictEqual(answer, previous)) {
        if (readings.some(({ inferred }) => inferred.some(({ assertNotNull }) => assertNotNull))) await fingerprint;
        for (const { inferred, standIn } of readings) await checkAssertions(session, inferred, userSearchPath(standIn?.by));
        return readings.map((reading) => ({ catalog: withExpressions(reading), ...optional({ fingerprint }) }));
      }
      previous = answer;
    } catch (error) {
      if (!isPassing(error) || (sqlState(error) === 'XX000' && ++failures >= patience)) throw await serverNotReadable(session, error);
    }
  }
}

/**
 * One transaction, which holds no lock on a table of the user's from one message to the next. `changed`: another session changed
 * the schema meanwhile, so that this may be a mixture.
 */
async function readOnce(session: Session, requests: readonly IntrospectionRequest[], { identify = false, onColumns }: ReadingOptions) {
  let looking: Promise<unknown> | undefined;
  try {
    const { raw, answer } = await readLists(session, onColumns);
    // The server looks its rows through while they are put together here, and while others do something with them.
    const sinceRead = isChanged(session);
    const identifying = identify ? fingerprintWithin(session) : undefined;
    looking = Promise.allSettled([sinceRead, identifying]);
    const facts = createQueryFacts(raw);
    const everything = assembleCatalog(raw, facts);
    const readings: Inferred[] = [];
    for (const { narrow, note = () => {} } of requests) {
      const { catalog, expressions, standIn } = narrow(everything);
      const asked = expressions.map((expression) => (standIn && expression.relation.schema === standIn.schema ? { ...expression, relation: { schema: standIn.by, name: expression.relation.name } } : expression));
      if (asked.length > 0) await looking;
      const inferred = asked.length === 0 ? [] : await inferExpressions(session, asked, facts, note, userSearchPath(standIn?.by));
      readings.push({ catalog, inferred, ...(standIn ? { standIn } : {}) });
    }
    // Expressions were parsed since.
    const inferredNothing = readings.every(({ inferred }) => inferred.length === 0);
    const changed = inferredNothing ? await sinceRead : await isChanged(session);
    const isAsIdentified = identifying && !changed && (inferredNothing || (await isUnder(session, await identifying)));
    const ended = looking.then(() => session.query('rollback'));
    if (!isAsIdentified) await ended;
    const fingerprint = isAsIdentified ? ended.then(() => identifying).catch(() => undefined) : undefined;
    return { readings, answer, changed, fingerprint };
  } catch (error) {
    await looking;
    // A connection that is gone has rolled back by itself.
    await session.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Begins the transaction. A function of its own: nothing that is waited for later keeps the lists. */
async function readLists(session: Session, onColumns: ReadingOptions['onColumns'] = () => {}): Promise<{ readonly raw: RawCatalog; readonly answer: readonly string[] }> {
  const answer = new Answer();
  await session.eachRow<AnsweredList>(`${beginSnapshot(session)} ${catalogQuery}; savepoint rowsmith`, (list) => {
    const rows = answer.add(list);
    if (list.list === 'columns') onColumns(rows);
  });
  return { raw: answer.catalog(), answer: answer.texts };
}

/** Whether another session changed the schema since the snapshot was taken. */
function isChanged(session: Session): Promise<boolean> {
  const answer = session.query<{ changed: boolean }>(changedQuery).then(([row]) => row?.changed === true);
  // Whoever waits for it hears of a failure, and until then others may be waited for.
  answer.catch(() => {});
  return answer;
}

/** Of the transaction's snapshot. Undefined from a server that lacks one of the catalogs, or keeps it back. */
const fingerprintWithin = (session: Session) => digestWithin<{ fingerprint: string }>(session, fingerprintQuery, ({ fingerprint }) => fingerprint);

/** Whether expressions are still evaluated under what a fingerprint tells. */
async function isUnder(session: Session, fingerprint: string | undefined): Promise<boolean> {
  const now = await digestWithin<{ conditions: string }>(session, conditionsQuery, ({ conditions }) => conditions);
  return now !== undefined && fingerprint?.endsWith(now) === true;
}

async function digestWithin<Row>(session: Session, query: string, take: (row: Row) => string): Promise<string | undefined> {
  try {
    const [row] = await session.query<Row>(query);
    return row && take(row);
  } catch {
    // A server that is gone says so at the next statement.
    await session.query('rollback to savepoint rowsmith').catch(() => undefined);
    return undefined;
  }
}
