import type { Session } from '../postgres/session.js';
import type { AnsweredList } from './answered-lists.js';
import { assembleCatalog } from './assemble/catalog.js';
import type { Catalog, InferredExpression, QueryFact } from './catalog.js';
import { changedQuery } from './concurrent-ddl.js';
import { conditionsQuery, fingerprintQuery } from './fingerprint.js';
import type { Expression } from './infer/expression.js';
import { inferExpressions } from './infer/infer.js';
import { userSearchPath } from './infer/search-path.js';
import { ListCollector } from './list-collector.js';
import { createQueryFacts, type QueryFacts } from './proofs/query-facts.js';
import { analyseQueries } from './queries/analyse.js';
import type { ReadQueries } from './queries/read-queries.js';
import { catalogQuery } from './query/catalog-query.js';
import type { RawCatalog } from './raw-catalog.js';
import { beginTransaction } from './session-settings.js';
import { makeOfAnswer, misfit } from './unreadable.js';

/** Options for inferring expressions. */
export interface InferOptions {
  /** The schema in which their SQL looks up names first, before the session's own search path. */
  readonly schema?: string | undefined;
  /** Called with messages that are worth knowing but are not errors. */
  readonly note?: ((message: string) => void) | undefined;
}

type Inferred = readonly InferredExpression[];

const ignore = () => {};

/**
 * A reading of a database as of one moment: a transaction, which is rolled back at the end. Between messages it holds
 * no lock on the user's tables. Another session may change the schema meanwhile; `end` returns whether the result is
 * valid.
 *
 *     const reading = await Reading.begin(session);
 *     const everything = reading.catalog();
 *     const types = await reading.infer([{ relation, field: 'upper', sql: 'upper(t.name)' }]);
 *     const holds = await reading.end();
 */
export class Reading {
  /** The lists of the catalog query as the server sent them, for comparison with another reading. */
  readonly listTexts: readonly string[];
  readonly #session: Session;
  readonly #raw: RawCatalog;
  readonly #facts: QueryFacts;
  /** Whether the schema has changed since the lists were read. */
  #changed: Promise<boolean>;

  private constructor(session: Session, lists: ListCollector) {
    this.#session = session;
    // The server checks for changes while its lists are assembled here.
    this.#changed = isChanged(session);
    this.listTexts = lists.texts;
    this.#raw = lists.catalog();
    this.#facts = makeOfAnswer(() => createQueryFacts(this.#raw));
  }

  /** Begins the transaction and reads the lists of the catalog. */
  static async begin(session: Session): Promise<Reading> {
    const lists = new ListCollector();
    const query = `${beginTransaction(session)} ${catalogQuery}; savepoint rowsmith`;
    await session.eachRow<AnsweredList>(query, (list) => lists.add(list));
    return new Reading(session, lists);
  }

  /** The catalog of the whole database, regardless of a config. */
  catalog(): Catalog {
    return makeOfAnswer(() => assembleCatalog(this.#raw, this.#facts));
  }

  /** Infers the types and nullability of SQL expressions over relations of the catalog. */
  async infer(expressions: readonly Expression[], { schema, note = ignore }: InferOptions = {}): Promise<Inferred> {
    if (expressions.length === 0) return [];
    await this.#changed;
    const inference = { ...this.#asking(schema), note };
    const inferred = await inferExpressions(expressions, inference).catch((error: unknown) => {
      throw misfit(error);
    });
    // The parser sees the schema as it is now, not the snapshot.
    this.#changed = isChanged(this.#session);
    return inferred;
  }

  /**
   * Analyses the queries of SQL files over relations of the catalog. `problems` are those already found in their texts;
   * one error reports all problems.
   */
  async queries(
    { queries, problems }: ReadQueries,
    { schema, note = ignore }: InferOptions = {},
  ): Promise<readonly QueryFact[]> {
    if (queries.length === 0 && problems.length === 0) return [];
    await this.#changed;
    const relations = new Map(this.#raw.relations.map((relation) => [relation.id, relation]));
    const known = { ...this.#asking(schema), relations, note };
    const facts = await analyseQueries(queries, problems, known).catch((error: unknown) => {
      throw misfit(error);
    });
    this.#changed = isChanged(this.#session);
    return facts;
  }

  #asking(schema: string | undefined) {
    return { session: this.#session, facts: this.#facts, builtins: this.#raw, searchPath: userSearchPath(schema) };
  }

  /**
   * The fingerprint of the whole database; undefined if the server lacks one of the system catalogs or does not allow
   * reading it.
   */
  async fingerprint(): Promise<string | undefined> {
    return (await this.#digests<{ fingerprint: string }>(fingerprintQuery))?.fingerprint;
  }

  /**
   * Whether the settings and privileges under which expressions are evaluated are still those of a fingerprint. The
   * transaction's snapshot does not cover them.
   */
  async isUnder(fingerprint: string): Promise<boolean> {
    const now = await this.#digests<{ conditions: string }>(conditionsQuery);
    return now !== undefined && fingerprint.endsWith(now.conditions);
  }

  /** The one row of a query for digests; undefined if the server cannot answer it. */
  async #digests<Row>(query: string): Promise<Row | undefined> {
    try {
      return (await this.#session.query<Row>(query))[0];
    } catch {
      // If the server is gone, the next statement reports it.
      await this.#session.query('rollback to savepoint rowsmith').catch(() => undefined);
      return undefined;
    }
  }

  /**
   * Ends the transaction. Returns false if another session changed the schema meanwhile, so that the result may be a
   * mixture.
   */
  async end(): Promise<boolean> {
    const changed = await this.#changed;
    await this.#session.query('rollback');
    return !changed;
  }
}

/** Whether another session changed the schema since the snapshot was taken. */
function isChanged(session: Session): Promise<boolean> {
  const changed = session.query<{ changed: boolean }>(changedQuery).then(([row]) => row?.changed === true);
  // A caller that awaits it gets the failure. Until then it must not count as an unhandled rejection.
  changed.catch(() => {});
  return changed;
}
