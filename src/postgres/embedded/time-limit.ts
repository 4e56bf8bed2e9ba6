import { type Database, timedOut } from './server-process.js';

/** The longest delay of a timer, in milliseconds. */
const longest = 2 ** 31 - 1;

/**
 * A limit in seconds on all work of an embedded database. If a statement does not end in time, the database is closed.
 */
export class TimeLimit {
  readonly #deadline: number;

  constructor(private readonly seconds: number) {
    this.#deadline = Date.now() + Math.min(seconds * 1000, longest);
  }

  /** The database with the limit applied. */
  of(database: Database): Database {
    return {
      ...database,
      load: (sql) => this.#within(database, database.load(sql)),
      query: (sql) => this.#within(database, database.query(sql)),
      describe: (sql) => this.#within(database, database.describe(sql)),
    };
  }

  async #within<T>(database: Database, answer: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const overdue = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => {
          reject(timedOut(this.seconds));
          void database.close();
        },
        Math.max(0, this.#deadline - Date.now()),
      );
    });
    try {
      return await Promise.race([answer, overdue]);
    } finally {
      clearTimeout(timer);
    }
  }
}
