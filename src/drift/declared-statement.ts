import type { ProfileName } from './declared-type.js';

/** A string of the code that begins like a SQL statement. */
export interface SqlLiteral {
  readonly file: string;
  readonly line: number;
  readonly sql: string;
  /**
   * The file that has the text, from the folder of the crate or of the code: `queries/tasks.sql`; until it is read, the
   * text is empty.
   */
  readonly path?: { readonly name: string; readonly from: 'crate' | 'code' };
  /** Whether parts are inserted at run time, so that it is no complete statement. */
  readonly dynamic?: true;
  /**
   * Whether those parts, or parameters of a library, are parameters in the text: `WHERE id = ${id}` → `WHERE id = $1`.
   * The database refuses it where one is more than a value.
   */
  readonly templated?: true;
  /**
   * Whether the text is changed so that PostgreSQL can describe it, without an end that is only known at run time. A
   * refusal then says nothing of the code.
   */
  readonly adapted?: true;
  /** Whether these may be columns that it gives: `SELECT id, {} FROM tasks`. */
  readonly givesOthers?: true;
  /** Name of the model that the code reads the statement's rows into: `Task` of `query_as!(Task, …)`. */
  readonly into?: string;
  /** The file that declares that model, where the code's imports lead to it. */
  readonly declaredIn?: string;
  /** The package that the code imports that model from. */
  readonly package?: string;
  /** The module that it imports the model from, by its own name: `tags`. */
  readonly module?: string;
  /** That a client of another database runs it; `unclear` where its file has clients of several databases. */
  readonly client?: 'other' | 'unclear';
  /** Modules of which it imports all names, where it does not import that of the model. */
  readonly globs?: readonly string[];
  /** The folder of the package that contains the statement: `crates/store/`. */
  readonly home?: string;
  /** Whether nothing shows that the code uses each field of the model that it reads the rows as. */
  readonly loose?: true;
  /** The library that runs it, where it gives other values than the driver: `prisma.$queryRaw`. */
  readonly profile?: ProfileName;
  /** Whether the values are converted into the fields' types, as `query_as!` does. */
  readonly converts?: true;
  /** Whether the compiler has a database check it, as of `query!`: where the schema refuses it, the code is broken. */
  readonly checked?: true;
}
