/**
 * A connection that answers SQL, to a live server or to the embedded one. The catalog is read through it, so both are
 * read by the same statements.
 *
 *     const session = await openLive('postgres://localhost/app');
 *     const [row] = await session.query<{ version: string }>('select version()');
 *     await session.eachRow<{ relname: string }>('select relname from pg_class', ({ relname }) => names.push(relname));
 *     await session.close();
 */
export interface Session {
  /**
   * Sends one or more statements as one message (one round trip, the simple query protocol) and gives the rows of all
   * of them, one statement's after another's.
   */
  query<Row>(sql: string): Promise<readonly Row[]>;
  /** Streams rows: calls `take` for each as it arrives, while the server makes the next one. */
  eachRow<Row>(sql: string, take: (row: Row) => void): Promise<void>;
  /** Describes what a statement would take and give. It is parsed alone and not run. */
  describe(sql: string): Promise<Description>;
  /**
   * The statements that limit how long the server may wait and work, for the first message of every transaction. Throws
   * when the time is up.
   */
  limits(): string;
  close(): Promise<void>;
}

/** What a statement takes and gives: the oids of the types of its parameters, and its columns. */
export interface Description {
  readonly parameters: readonly number[];
  readonly columns: readonly DescribedColumn[];
}

/**
 * A column of a result: its name, the oid and modifier of its type, and the column of a table that it is; 0 for none.
 */
export interface DescribedColumn {
  readonly name: string;
  readonly type: number;
  readonly modifier: number;
  /** The oid of the table, and the number of its column. */
  readonly table: number;
  readonly column: number;
}

/** An `eachRow` for a database that gives all rows at once. */
export function rowsTogether(query: Session['query']): Session['eachRow'] {
  return async <Row>(sql: string, take: (row: Row) => void) => (await query<Row>(sql)).forEach((row) => take(row));
}
