import { RowsmithError } from '../../errors.js';
import { createdExtension, isAvailable, namedExtension } from './extensions.js';
import { sqlFailed } from './failure.js';
import type { Remark } from './kept-directories.js';
import { type ScriptFile, whyLeftOut } from './left-out.js';
import { isPostgresError } from './messages.js';
import { remedyFor } from './remedies.js';
import type { Statement } from './script.js';
import { brokenDown, type Database, embeddedUser } from './server-process.js';
import { controlsTransaction, inTransactionAfter } from './transaction.js';
import { type Unit, unitsOf } from './units.js';

/** Runs scripts on the embedded Postgres, one after the other, each in a session of its own as `psql -f` would. */
export class ScriptLoader {
  readonly #missing = new Map<string, string>();
  readonly #remarks: Remark[] = [];
  #inTransaction = false;
  #files = 0;

  constructor(
    private readonly database: Database,
    private readonly note: (message: string) => void,
    private readonly loaded: (statements: number) => void = () => {},
  ) {}

  /** What was said of statements that were run, as against those that were left out. */
  get remarks(): readonly Remark[] {
    return this.#remarks;
  }

  /** Runs a file. */
  async load({ path, script: { statements } }: ScriptFile): Promise<void> {
    await this.#runUnits(
      path,
      statements.filter((statement) => !this.#isLeftOut(path, statement)),
    );
    await this.#endSession();
    this.#files++;
  }

  /** Says of a file what was said when it ran, since it has run already. */
  async passOver({ path, script: { statements } }: ScriptFile, remarks: readonly Remark[]): Promise<void> {
    for (const statement of statements) this.#isLeftOut(path, statement);
    for (const { line, text } of remarks) this.#remark(path, line, text);
    this.loaded(statements.length);
    this.#files++;
  }

  /**
   * Copies the data directory between two files; false where the last one left something behind that would not be in
   * it, or the copy fails.
   */
  async copy(): Promise<boolean> {
    try {
      const [row] = (await this.database.query(behind)) as readonly { readonly behind: boolean }[];
      if (row?.behind !== false) return false;
      await this.database.copy();
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Statements are sent together as far as they can be, and one by one where something has to be said about one of
   * them.
   */
  async #runUnits(path: string, statements: readonly Statement[]): Promise<void> {
    for (const unit of unitsOf(statements)) {
      const isDone = unit.statements.length > 1 && !unit.unended && (await this.#runTogether(path, unit));
      if (!isDone) await this.#runEach(path, unit);
      this.loaded(unit.statements.length);
    }
  }

  async #runEach(path: string, { statements, unended }: Unit): Promise<void> {
    for (const statement of statements) {
      await this.#run(path, statement);
      this.#inTransaction = inTransactionAfter(statement.leading, this.#inTransaction);
    }
    if (unended) throw neverCommitted(path, unended);
  }

  /** False when one of the statements failed: then none of them has happened. */
  async #runTogether(path: string, { statements, isTransaction }: Unit): Promise<boolean> {
    // A statement may end in a comment to the end of its line.
    const answered = await this.database.load(statements.map(sqlOf).join('\n;\n')).catch((error: unknown) => {
      if (error instanceof RowsmithError) throw placed(path, statements[0], error);
      return undefined;
    });
    const unanswered = answered === undefined ? undefined : statements[answered];
    if (unanswered) throw sqlFailed(path, unanswered, brokenDown(), this.#missing);
    if (answered === undefined && isTransaction) await this.database.load('ROLLBACK');
    return answered !== undefined;
  }

  /** Nothing is left out without a note, except that one note per missing extension is enough. */
  #isLeftOut(path: string, statement: Statement): boolean {
    const place = `${path}:${statement.line}`;
    const extension = namedExtension(statement);
    if (extension !== undefined && !isAvailable(extension)) {
      if (createdExtension(statement) !== undefined && !this.#missing.has(extension)) {
        this.#missing.set(extension, place);
        this.note(`${place}: the extension "${extension}" is not in the embedded Postgres; going on without it`);
      }
      return true;
    }
    const reason = whyLeftOut(statement);
    if (reason === undefined) return false;
    this.note(`${place}: ${statement.leading.slice(0, 2).join(' ').toUpperCase()} left out: ${reason}`);
    return true;
  }

  /** Runs a statement, again after each remedy; no remedy is tried twice. */
  async #run(path: string, statement: Statement): Promise<void> {
    const tried = new Set<string>();
    for (;;) {
      const error = await this.#attempt(statement);
      if (error === undefined) return;
      if (error instanceof RowsmithError) throw placed(path, statement, error);
      const remedy = isPostgresError(error) && !tried.has(error.message) ? remedyFor(error, statement) : undefined;
      if (!remedy) throw sqlFailed(path, statement, error, this.#missing);
      if (remedy.note !== undefined) this.#remark(path, statement.line, remedy.note);
      if (remedy.kind === 'pass over') return;
      tried.add((error as Error).message);
      await this.#prepare(remedy.statements).catch(() => {
        throw sqlFailed(path, statement, error, this.#missing);
      });
    }
  }

  #remark(path: string, line: number, text: string): void {
    this.#remarks.push({ file: this.#files, line, text });
    this.note(`${path}:${line}: ${text}`);
  }

  async #prepare(statements: readonly string[]): Promise<void> {
    for (const sql of statements) await this.database.load(sql);
  }

  /**
   * What the statement failed with, if it did. Inside of a transaction a savepoint keeps a failure from spoiling what
   * went before it.
   */
  async #attempt(statement: Statement): Promise<unknown> {
    const isGuarded = this.#inTransaction && !controlsTransaction(statement.leading);
    try {
      if (isGuarded) await this.database.load('SAVEPOINT rowsmith_statement');
      await this.database.load(sqlOf(statement));
      if (isGuarded) await this.database.load('RELEASE SAVEPOINT rowsmith_statement');
      return undefined;
    } catch (error) {
      if (isGuarded) await this.database.load('ROLLBACK TO SAVEPOINT rowsmith_statement').catch(() => undefined);
      return error;
    }
  }

  /** So that a dump's `set_config('search_path', '', false)`, its roles and its temporary tables end with its file. */
  async #endSession(): Promise<void> {
    await this.database.load(`SET SESSION AUTHORIZATION ${embeddedUser}`);
    await this.database.load('DISCARD ALL');
  }
}

const sqlOf = ({ text, leading }: Statement) =>
  returnsToLoginUser(leading) ? `SET SESSION AUTHORIZATION ${embeddedUser}` : text;

/** The embedded server runs in single-user mode, where DEFAULT leaves the session's user as it is. */
function returnsToLoginUser([first, second, third, fourth]: readonly string[]): boolean {
  if (second !== 'session' || third !== 'authorization') return false;
  return first === 'reset' || (first === 'set' && fourth === 'default');
}

/**
 * Whether something is there that a new session, or a server that was not shut down, would not have: temporary
 * objects, and tables without a log.
 */
const behind = "select exists (select from pg_class where relpersistence <> 'p') as behind";

/** Where the loading was when its time, or its memory, was up. */
function placed(path: string, statement: Statement | undefined, { code, message, hint }: RowsmithError): RowsmithError {
  return new RowsmithError(code, `${path}:${statement?.line ?? 1}: ${message}`, hint);
}

function neverCommitted(path: string, { line }: Statement): RowsmithError {
  return new RowsmithError(
    'sql-failed',
    `${path}:${line}: the transaction that begins here is never committed.`,
    'Add the missing COMMIT, or take the BEGIN out.',
  );
}
