/**
 * Something that answers SQL: a live server or the embedded one. Introspection is written against this, so both are read
 * by the same statements.
 */
export interface Session {
  /**
   * Sends one or more statements as one message (one round trip, the simple query protocol) and gives the rows of all of
   * them, one statement's after another's.
   */
  query<Row>(sql: string): Promise<readonly Row[]>;
  /** The same, and gives each row when it is there, before the server has made the next. */
  eachRow<Row>(sql: string, take: (row: Row) => void): Promise<void>;
  /** Gives the columns that one statement would have: the oid and modifier of each one's type. A live server does not run it. */
  describe(sql: string): Promise<readonly { readonly type: number; readonly modifier: number }[]>;
  /**
   * What the first message of every transaction sets, for as long as that lasts: how long the server may wait and work.
   * Throws when the time is up.
   */
  limits(): string;
  close(): Promise<void>;
}

/** `eachRow` of what answers as a whole. */
export function rowsTogether(query: Session['query']): Session['eachRow'] {
  return async <Row>(sql: string, take: (row: Row) => void) => (await query<Row>(sql)).forEach((row) => take(row));
}
