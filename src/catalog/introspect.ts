import { assembleCatalog } from './assemble/catalog.js';
import type { Catalog } from './catalog.js';
import { beginSnapshot, fingerprintOf } from './fingerprint.js';
import type { Expression } from './infer/expression.js';
import { inferExpressions } from './infer/infer.js';
import { createQueryFacts } from './query-facts.js';
import { catalogQuery } from './query.js';
import type { RawCatalog } from './raw-catalog.js';
import type { Session } from './session.js';
import { serverNotReadable } from './unreadable.js';

export interface IntrospectionRequest {
  /**
   * Narrows the catalog to the relations that are wanted and names the SQL expressions to infer over them. It is asked in
   * between because wildcards in a config can only be resolved against what exists.
   */
  readonly narrow: (catalog: Catalog) => { readonly catalog: Catalog; readonly expressions: readonly Expression[] };
}

/** A catalog, and what tells whether it is still that of its database. */
export interface Reading {
  readonly catalog: Catalog;
  /** Of the whole database, as the server can tell it by itself: equal ones give equal catalogs. */
  readonly fingerprint: string;
}

export async function introspect(session: Session, request: IntrospectionRequest): Promise<Catalog> {
  return (await readCatalog(session, request)).catalog;
}

/** Reads the catalog: one round trip, one snapshot, and one more for the expressions if there are any. */
export async function readCatalog(session: Session, request: IntrospectionRequest): Promise<Reading> {
  return (await readCatalogs(session, [request]))[0] as Reading;
}

/** Answers several requests from one snapshot, in their order. */
export async function readCatalogs(session: Session, requests: readonly IntrospectionRequest[]): Promise<readonly Reading[]> {
  const [row] = await session.query<{ catalog: string }>(`${beginSnapshot} ${catalogQuery}`).catch(async (error: unknown) => {
    throw await serverNotReadable(session, error);
  });
  try {
    if (!row) throw new Error('The catalog query gave no row.');
    const raw = JSON.parse(row.catalog) as RawCatalog;
    const fingerprint = fingerprintOf(row.catalog);
    const facts = createQueryFacts(raw);
    const whole = assembleCatalog(raw, facts);
    const readings: Reading[] = [];
    for (const request of requests) {
      const { catalog, expressions } = request.narrow(whole);
      // The temporary views of the request before would be in the way.
      if (expressions.length > 0 && readings.some((reading) => reading.catalog.expressions.length > 0)) await session.query('rollback to savepoint rowsmith');
      readings.push({ catalog: expressions.length === 0 ? catalog : { ...catalog, expressions: await inferExpressions(session, expressions, facts) }, fingerprint });
    }
    return readings;
  } finally {
    await session.query('rollback');
  }
}
