import { isRefusal } from './sql-state.js';

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
  /**
   * Describes what statements would take and give, in one round trip. Each is parsed alone and not run. The first that
   * the server refuses ends it: those behind are not parsed.
   */
  describe(statements: readonly string[]): Promise<Descriptions>;
  /**
   * The statements that limit how long the server may wait and work, for the first message of every transaction. Throws
   * when the time is up.
   */
  limits(): string;
  close(): Promise<void>;
}

/** The descriptions of statements in their order, and the error of the one behind them, if it was refused. */
export interface Descriptions {
  readonly described: readonly Description[];
  readonly error?: unknown;
}

/** What a statement takes and gives: the oids of the types of its parameters, and its columns. */
export interface Description {
  readonly parameters: readonly number[];
  readonly columns: readonly DescribedColumn[];
  /** The analysed statement as a `pg_node_tree`, if the setting `debug_print_parse` has the server print it. */
  readonly tree?: string;
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

/** What `describe` gives, for work that adds descriptions to a list and throws what the server answers. */
export async function upToRefusal(work: (described: Description[]) => Promise<void>): Promise<Descriptions> {
  const described: Description[] = [];
  try {
    await work(described);
    return { described };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { described, error };
  }
}

/** An `eachRow` for a database that gives all rows at once. */
export function rowsTogether(query: Session['query']): Session['eachRow'] {
  return async <Row>(sql: string, take: (row: Row) => void) => (await query<Row>(sql)).forEach((row) => take(row));
}
