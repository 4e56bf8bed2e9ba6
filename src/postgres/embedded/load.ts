import { RowsmithError } from '../../errors.js';
import type { ExtensionBundles } from './extension-packages.js';
import { createdExtension, isAvailable, namedExtension } from './extensions.js';
import { doesNotFit, sqlFailed } from './failure.js';
import { inOneTransaction } from './file-transaction.js';
import type { Remark } from './kept-directories.js';
import { type ScriptFile, whyLeftOut } from './left-out.js';
import { isPostgresError } from './messages.js';
import { remedyFor } from './remedies.js';
import { NeedsRemedyOutside, throwFailure } from './remedy-outside.js';
import type { Statement } from './script.js';
import { laterSearchPath } from './search-path.js';
import { sqlOf } from './sent-text.js';
import { brokenDown, type Database, embeddedUser } from './server-process.js';
import { hideEverything } from './stubs.js';
import { controlsTransaction, inTransactionAfter } from './transaction.js';
import { type Unit, unitsOf } from './units.js';

interface LoaderOptions {
  /** Called with the number of statements that have run. */
  readonly loaded?: (statements: number) => void;
  /** The extensions that come in packages. */
  readonly bundles?: ExtensionBundles;
}

/** Runs scripts on the embedded Postgres one after another, each in its own session, as `psql -f` would. */
export class ScriptLoader {
  readonly #missing = new Map<string, string>();
  readonly #remarks: Remark[] = [];
  readonly #noted = new Set<string>();
  #inTransaction = false;
  #files = 0;
  /** The search path of later sessions of the database. */
  #searchPath: string | undefined;

  constructor(
    private readonly database: Database,
    private readonly note: (message: string) => void,
    private readonly options: LoaderOptions = {},
  ) {}

  private loaded(statements: number): void {
    this.options.loaded?.(statements);
  }

  /** Remarks about statements that were run, in contrast to notes about skipped statements. */
  get remarks(): readonly Remark[] {
    return this.#remarks;
  }

  /** Runs a file. */
  async load({ path, script, inTransaction, continues, searchPath }: ScriptFile): Promise<void> {
    if (!continues) await this.#beginSession(searchPath);
    const kept = script.statements.filter((statement) => !this.#isLeftOut(path, statement));
    const statements = inTransaction ? inOneTransaction({ ...script, statements: kept }) : kept;
    if (statements === kept) await this.#runUnits(path, kept).catch(throwFailure);
    else await this.#runInTransaction(path, statements);
    // The BEGIN and COMMIT around a file are not its own statements.
    if (statements !== kept) this.loaded(kept.length - statements.length);
    this.#files++;
  }

  /** Skips a file that has already run, and repeats its remarks. */
  async passOver({ path, script: { statements } }: ScriptFile, remarks: readonly Remark[]): Promise<void> {
    for (const statement of statements) this.#isLeftOut(path, statement);
    for (const { line, text } of remarks) this.#remark(path, line, text);
    this.loaded(statements.length);
    this.#files++;
  }

  /**
   * Copies the data directory between two files. Returns false if the last file left something that the copy would not
   * contain, or if copying fails.
   */
  async copy(): Promise<boolean> {
    try {
      await this.endSession();
      const [row] = (await this.database.query(behind)) as readonly { readonly behind: boolean }[];
      if (row?.behind !== false) return false;
      await this.database.copy();
      return true;
    } catch {
      return false;
    }
  }

  /** Runs statements together as far as possible, and one by one if one of them fails. */
  async #runUnits(path: string, statements: readonly Statement[]): Promise<void> {
    for (const unit of unitsOf(statements)) {
      const isDone = unit.statements.length > 1 && !unit.unended && (await this.#runTogether(path, unit));
      if (!isDone) await this.#runEach(path, unit);
      this.loaded(unit.statements.length);
    }
  }

  /** Runs a file within one transaction. Restarts it after a remedy that no transaction can contain. */
  async #runInTransaction(path: string, statements: readonly Statement[]): Promise<void> {
    const said = this.#remarks.length;
    const tried = new Set<string>();
    for (;;) {
      try {
        await this.#runUnits(path, statements);
        return;
      } catch (error) {
        if (!(error instanceof NeedsRemedyOutside)) throw error;
        const remedy = error.statements.join(';\n');
        if (tried.has(remedy)) throw error.failure;
        tried.add(remedy);
        await this.database.load('ROLLBACK');
        this.#inTransaction = false;
        this.#remarks.length = said;
        await this.#prepare(error.statements).catch(() => {
          throw error.failure;
        });
      }
    }
  }

  async #runEach(path: string, { statements, unended }: Unit): Promise<void> {
    for (const statement of statements) {
      await this.#run(path, statement);
      this.#inTransaction = inTransactionAfter(statement.leading, this.#inTransaction);
    }
    if (unended) throw neverCommitted(path, unended);
  }

  /** Runs a unit as one message. Returns false if a statement failed; then none of them has taken effect. */
  async #runTogether(path: string, { statements, isTransaction }: Unit): Promise<boolean> {
    // A statement may end with a comment that extends to the end of the line.
    const answered = await this.database.load(statements.map(sqlOf).join('\n;\n')).catch((error: unknown) => {
      if (error instanceof RowsmithError) throw placed(path, statements[0], error);
      return undefined;
    });
    const unanswered = answered === undefined ? undefined : statements[answered];
    if (unanswered) throw sqlFailed(path, unanswered, brokenDown(), this.#missing);
    if (answered === undefined && isTransaction) await this.database.load('ROLLBACK');
    return answered !== undefined;
  }

  /** Whether a statement is skipped, and notes that. A missing extension is noted once. */
  #isLeftOut(path: string, statement: Statement): boolean {
    const place = `${path}:${statement.line}`;
    const extension = namedExtension(statement);
    if (extension !== undefined && !isAvailable(extension, this.options.bundles ?? new Map())) {
      if (createdExtension(statement) !== undefined && !this.#missing.has(extension)) {
        this.#missing.set(extension, place);
        this.note(`${place}: the extension "${extension}" is not in the embedded Postgres; continuing without it`);
      }
      return true;
    }
    this.#searchPath = laterSearchPath(statement) ?? this.#searchPath;
    const reason = whyLeftOut(statement);
    if (reason === undefined) return false;
    if (laterSearchPath(statement) !== undefined) return true;
    this.note(`${place}: ${statement.leading.slice(0, 2).join(' ').toUpperCase()} skipped: ${reason}`);
    return true;
  }

  /** Runs a statement, and repeats it after each remedy. No remedy is tried twice. */
  async #run(path: string, statement: Statement): Promise<void> {
    const tried = new Set<string>();
    for (;;) {
      const error = await this.#attempt(statement);
      if (error === undefined) return;
      if (error instanceof RowsmithError) throw placed(path, statement, error);
      const remedy = isPostgresError(error) && !tried.has(error.message) ? remedyFor(error, statement) : undefined;
      if (!remedy) {
        const bundle = this.options.bundles?.get(createdExtension(statement) ?? '');
        throw (
          doesNotFit(`${path}:${statement.line}`, bundle, error) ?? sqlFailed(path, statement, error, this.#missing)
        );
      }
      if (remedy.note !== undefined) this.#remark(path, statement.line, remedy.note);
      if (remedy.kind === 'pass over') return;
      tried.add((error as Error).message);
      await this.#prepare(remedy.statements).catch(() => {
        const failure = sqlFailed(path, statement, error, this.#missing);
        throw this.#inTransaction ? new NeedsRemedyOutside(remedy.statements, failure) : failure;
      });
    }
  }

  #remark(path: string, line: number, text: string): void {
    this.#remarks.push({ file: this.#files, line, text });
    const note = `${path}:${line}: ${text}`;
    // A file that is run again makes the same remarks again.
    if (!this.#noted.has(note)) this.note(note);
    this.#noted.add(note);
  }

  async #prepare(statements: readonly string[]): Promise<void> {
    for (const sql of statements) await this.database.load(sql);
  }

  /**
   * Runs a statement once, and returns the error if it failed. Inside a transaction, a savepoint protects the work done
   * before from a failure.
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

  /**
   * Begins a session for a file, with the search path that an earlier file set for all sessions, or otherwise with the
   * given one.
   */
  async #beginSession(searchPath: string | undefined): Promise<void> {
    await this.endSession();
    const path = this.#searchPath ?? searchPath;
    if (path !== undefined) await this.database.load(`SET search_path TO ${path}`);
  }

  /** Removes everything that the stubs created from the schema, by making it part of an extension. */
  async hideStubs(): Promise<void> {
    await this.endSession();
    await this.database.load(hideEverything);
  }

  /**
   * Ends the file's session, so that a dump's `set_config('search_path', '', false)`, its roles and its temporary
   * tables end with the file.
   */
  async endSession(): Promise<void> {
    await this.database.load(`SET SESSION AUTHORIZATION ${embeddedUser}`);
    await this.database.load('DISCARD ALL');
  }
}

/**
 * Query for whether there is anything that a new session, or a server that was not shut down, would not have: temporary
 * objects and unlogged tables.
 */
const behind = "select exists (select from pg_class where relpersistence <> 'p') as behind";

/** Adds to an error the place in the SQL where time or memory ran out. */
function placed(path: string, statement: Statement | undefined, { code, message, hint }: RowsmithError): RowsmithError {
  return new RowsmithError(code, `${path}:${statement?.line ?? 1}: ${message}`, hint);
}

function neverCommitted(path: string, { line }: Statement): RowsmithError {
  return new RowsmithError(
    'sql-failed',
    `${path}:${line}: the transaction that begins here is never committed.`,
    'Add the missing COMMIT, or remove the BEGIN.',
  );
}
