/**
 * Something that answers SQL: a live server or the embedded one. Introspection is written against this, so both are read
 * by the same statements.
 */
export interface Session {
  /**
   * Sends one or more statements as one message (one round trip, the simple query protocol) and gives the rows of the last
   * statement that returned any columns.
   */
  query<Row>(sql: string): Promise<readonly Row[]>;
  /** Sends statements the same way and gives the columns of the last result: the oid and modifier of each one's type. */
  describe(sql: string): Promise<readonly { readonly type: number; readonly modifier: number }[]>;
  close(): Promise<void>;
}
