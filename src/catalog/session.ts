/**
 * Something that answers SQL: a live server or the embedded one. Introspection is written against this, so both are read
 * by the same statements.
 */
export interface Session {
  /**
   * Sends one or more statements as one message (one round trip, the simple query protocol) and gives the rows of the last
   * statement that returned any.
   */
  query<Row>(sql: string): Promise<readonly Row[]>;
  close(): Promise<void>;
}
