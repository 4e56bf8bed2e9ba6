import { assembleCatalog } from './assemble/catalog.js';
import type { Catalog } from './catalog.js';
import type { Expression } from './infer/expression.js';
import { inferExpressions } from './infer/infer.js';
import { createQueryFacts } from './query-facts.js';
import { catalogQuery } from './query.js';
import type { RawCatalog } from './raw-catalog.js';
import type { Session } from './session.js';

export interface IntrospectionRequest {
  /**
   * Narrows the catalog to the relations that are wanted and names the SQL expressions to infer over them. It is asked in
   * between because wildcards in a config can only be resolved against what exists.
   */
  readonly narrow: (catalog: Catalog) => { readonly catalog: Catalog; readonly expressions: readonly Expression[] };
}

/**
 * Reads the catalog: one round trip, one snapshot. Everything runs in a transaction that is rolled back, so that nothing is
 * left behind and `SET LOCAL` ends with it.
 *
 * - `jit = off`: compiling the catalog query costs more than running it.
 * - an empty `search_path`: `pg_get_expr` and `format_type` then qualify every name outside of pg_catalog, so what they
 *   print depends on no setting of the server or the role.
 */
export async function introspect(session: Session, request: IntrospectionRequest): Promise<Catalog> {
  const [row] = await session.query<{ catalog: string }>(
    `begin isolation level repeatable read; set local jit = off; set local search_path = ''; ${catalogQuery}`,
  );
  try {
    if (!row) throw new Error('The catalog query gave no row.');
    const raw = JSON.parse(row.catalog) as RawCatalog;
    const facts = createQueryFacts(raw);
    const { catalog, expressions } = request.narrow(assembleCatalog(raw, facts));
    if (expressions.length === 0) return catalog;
    return { ...catalog, expressions: await inferExpressions(session, expressions, facts) };
  } finally {
    await session.query('rollback');
  }
}
