import { RowsmithError } from '../../errors.js';
import { createdExtension, isAvailable, namedExtension } from './extensions.js';
import { sqlFailed } from './failure.js';
import { whyLeftOut, type ScriptFile } from './left-out.js';
import { brokenDown, embeddedUser, type Database } from './pglite.js';
import { setsSession } from './plain.js';
import { isPostgresError, remedyFor } from './remedies.js';
import type { Statement } from './script.js';
import { controlsTransaction, inTransactionAfter } from './transaction.js';
import { unitsOf, type Unit } from './units.js';

/** Something to be done before the statement of this number, from 0 on, where all is well so far; it may fail. */
export interface Pause {
  readonly at: number;
  readonly call: () => Promise<void>;
}

/** Runs scripts on the embedded Postgres, one after the other, each in a session of its own as `psql -f` would. */
export class ScriptLoader {
  readonly #missing = new Map<string, string>();
  #inTransaction = false;
  #hasSaid = false;

  constructor(
    private readonly database: Database,
    private readonly note: (message: string) => void,
    private readonly loaded: (statements: number) => void = () => {},
  ) {}

  /** Runs a file, but for its first statements where those have run already: then only what they do to the session is done again. */
  async load({ path, script: { statements } }: ScriptFile, already = 0, pause?: Pause): Promise<void> {
    const wanted = (from: number, to?: number) => statements.slice(from, to).filter((statement) => !this.#isLeftOut(path, statement));
    const before = wanted(0, already);
    if (already > 0) this.loaded(before.length);
    if (already > 0 && already === statements.length) return;
    for (const statement of before.filter(setsSession)) await this.#run(path, statement);
    await this.#runUnits(path, wanted(already, pause?.at));
    if (pause) {
      // What was said would not be said again.
      if (!this.#hasSaid) await pause.call().catch(() => undefined);
      await this.#runUnits(path, wanted(pause.at));
    }
    await this.#endSession();
  }

  /** Statements are sent together as far as they can be, and one by one where something has to be said about one of them. */
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
    const results = await this.database.run(statements.map(sqlOf).join('\n;\n')).catch((error: unknown) => {
      if (error instanceof RowsmithError) throw placed(path, statements[0], error);
      return undefined;
    });
    const unanswered = results && statements[results.length];
    if (unanswered) throw sqlFailed(path, unanswered, brokenDown(), this.#missing);
    if (!results && isTransaction) await this.database.run('ROLLBACK');
    return results !== undefined;
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
      if (remedy.note !== undefined) {
        this.#hasSaid = true;
        this.note(`${path}:${statement.line}: ${remedy.note}`);
      }
      if (remedy.kind === 'pass over') return;
      tried.add((error as Error).message);
      await this.#prepare(remedy.statements).catch(() => {
        throw sqlFailed(path, statement, error, this.#missing);
      });
    }
  }

  async #prepare(statements: readonly string[]): Promise<void> {
    for (const sql of statements) await this.database.run(sql);
  }

  /**
   * What the statement failed with, if it did. Inside of a transaction a savepoint keeps a failure from spoiling what went
   * before it.
   */
  async #attempt(statement: Statement): Promise<unknown> {
    const isGuarded = this.#inTransaction && !controlsTransaction(statement.leading);
    try {
      if (isGuarded) await this.database.run('SAVEPOINT rowsmith_statement');
      await this.database.run(sqlOf(statement));
      if (isGuarded) await this.database.run('RELEASE SAVEPOINT rowsmith_statement');
      return undefined;
    } catch (error) {
      if (isGuarded) await this.database.run('ROLLBACK TO SAVEPOINT rowsmith_statement').catch(() => undefined);
      return error;
    }
  }

  /** So that a dump's `set_config('search_path', '', false)`, its roles and its temporary tables end with its file. */
  async #endSession(): Promise<void> {
    await this.database.run(`SET SESSION AUTHORIZATION ${embeddedUser}`);
    await this.database.run('DISCARD ALL');
  }
}

const sqlOf = ({ text, leading }: Statement) => (returnsToLoginUser(leading) ? `SET SESSION AUTHORIZATION ${embeddedUser}` : text);

/** The embedded server runs in single-user mode, where DEFAULT leaves the session's user as it is. */
function returnsToLoginUser([first, second, third, fourth]: readonly string[]): boolean {
  if (second !== 'session' || third !== 'authorization') return false;
  return first === 'reset' || (first === 'set' && fourth === 'default');
}

/** Where the loading was when its time was up. */
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
