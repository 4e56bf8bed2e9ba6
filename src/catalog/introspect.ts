import { assembleCatalog } from './assemble/catalog.js';
import type { Catalog } from './catalog.js';
import type { Expression } from './infer/expression.js';
import { inferExpressions } from './infer/infer.js';
import { createNullability } from './nullability/facts.js';
import { catalogQuery } from './query.js';
import type { RawCatalog } from './raw-catalog.js';
import type { Session } from './session.js';
import { serverNotReadable } from './unreadable.js';

const withoutJit = `select set_config('jit', 'off', true) where current_setting('jit', true) is not null`;

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
 * - `jit = off`, where there is such a setting: compiling the catalog query costs more than running it.
 * - an empty `search_path`: `pg_get_expr` and `format_type` then qualify every name outside of pg_catalog, so what they
 *   print depends on no setting of the server or the role.
 */
export async function introspect(session: Session, request: IntrospectionRequest): Promise<Catalog> {
  const [row] = await session
    .query<{ catalog: string }>(`begin isolation level repeatable read; ${withoutJit}; set local search_path = ''; ${catalogQuery}`)
    .catch(async (error: unknown) => {
      throw await serverNotReadable(session, error);
    });
  try {
    if (!row) throw new Error('The catalog query gave no row.');
    const raw = JSON.parse(row.catalog) as RawCatalog;
    const nullability = createNullability(raw);
    const { catalog, expressions } = request.narrow(assembleCatalog(raw, nullability));
    if (expressions.length === 0) return catalog;
    return { ...catalog, expressions: await inferExpressions(session, expressions, nullability) };
  } finally {
    await session.query('rollback');
  }
}
