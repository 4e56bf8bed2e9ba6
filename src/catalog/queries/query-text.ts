import type { QueryKind } from '../catalog.js';

/**
 * A query as its file has it: a named statement, taken apart at its parameters.
 *
 *     -- name: openTickets :many
 *     select num from ticket where org_id = :orgId
 *
 * is `{ name: 'openTickets', kind: 'many', parts: ['select num from ticket where org_id = ', ''], uses: [{ name: 'orgId',
 * … }], … }`.
 */
export interface QueryText {
  readonly file: SqlText;
  readonly name: string;
  readonly kind: QueryKind;
  /** The lines of comment above the name. */
  readonly doc: readonly string[];
  /** Where the name stands, as an offset in the file. */
  readonly at: number;
  /** Where the statement begins, as an offset in the file. */
  readonly start: number;
  /** The SQL before, between and behind the parameters: one part more than there are uses. */
  readonly parts: readonly string[];
  /** The parameters, each time that one is named, in the order of the text. */
  readonly uses: readonly ParameterUse[];
  /** The `-- param:` lines. */
  readonly declared: readonly DeclaredParameter[];
  /** A digest of all of that which the database's answer depends on. */
  readonly digest: string;
}

export const queryKinds: readonly QueryKind[] = ['one', 'maybe', 'many', 'exec'];

/** A text of SQL and the name of its file: its path from the config's folder, with `/`. */
export interface SqlText {
  readonly path: string;
  readonly text: string;
}

/** A place where a parameter stands: from its colon on, as an offset in the file. */
export interface ParameterUse {
  readonly name: string;
  readonly at: number;
  /** The number of characters, as in `:'nick'`. */
  readonly length: number;
}

/** What a `-- param:` line says: `nick? text`. */
export interface DeclaredParameter {
  readonly name: string;
  readonly at: number;
  /** Whether null may be given; absent where the line does not say it. */
  readonly nullable?: boolean;
  /** As it is written; absent where the line does not say it. */
  readonly type?: string;
}
