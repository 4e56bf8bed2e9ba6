import { identifierText, type Token } from './lexer.js';

/**
 * How many leading tokens of a statement are stored. They identify it: `CREATE EXTENSION IF NOT EXISTS "uuid-ossp" …`
 * needs six.
 */
const leadingLimit = 8;

/**
 * A statement that is being read: its leading tokens, and what a `;` means inside it. The rules are psql's
 * (psqlscan.l).
 */
export class OpenStatement {
  readonly leading: string[] = [];
  #parentheses = 0;
  #blocks = 0;
  #previousWord = '';
  #fromStdin = false;
  /** The text up to `#from`, with blanks in place of what was removed. */
  #text = '';
  #from: number;

  constructor(
    start: number,
    readonly line: number,
  ) {
    this.#from = start;
  }

  take(text: string, token: Token): void {
    const isWord = token.kind === 'word';
    const isLeading = this.leading.length < leadingLimit;
    const value = isWord || isLeading ? identifierText(text, token) : '';
    if (isLeading) this.leading.push(value);
    if (isWord) this.#takeWord(value);
    else if (token.kind === 'symbol') this.#takeSymbol(text.charAt(token.start));
    this.#previousWord = isWord ? value : '';
  }

  /**
   * Removes a piece from the statement and puts blanks in its place, so that the positions that Postgres reports stay
   * correct.
   */
  takeOut(text: string, start: number, end: number): void {
    this.#text += text.slice(this.#from, start) + ' '.repeat(end - start);
    this.#from = end;
  }

  textUpTo(text: string, end: number): string {
    return (this.#text + text.slice(this.#from, end)).trimEnd();
  }

  /**
   * Whether a `;` ends the statement. It does not inside parentheses, as in `CREATE RULE … DO (a; b)`, nor inside the
   * body of a SQL-standard function.
   */
  get endsAtSemicolon(): boolean {
    return this.#parentheses === 0 && this.#blocks === 0;
  }

  /**
   * Whether the lines after the statement are data. `STDOUT` means the same as `STDIN` there (gram.y: copy_file_name).
   */
  get copiesFromStdin(): boolean {
    return this.leading[0] === 'copy' && this.#fromStdin;
  }

  #takeSymbol(symbol: string): void {
    if (symbol === '(') this.#parentheses++;
    else if (symbol === ')' && this.#parentheses > 0) this.#parentheses--;
  }

  #takeWord(value: string): void {
    if (this.#parentheses > 0) return;
    if (this.#previousWord === 'from' && (value === 'stdin' || value === 'stdout')) this.#fromStdin = true;
    if (this.#createsRoutine()) this.#takeBodyWord(value);
  }

  /**
   * Counts the blocks of a function's body. psql opens a block at any BEGIN; looking for BEGIN ATOMIC avoids mistakes
   * with functions named `begin`.
   */
  #takeBodyWord(value: string): void {
    if (value === 'atomic' && this.#previousWord === 'begin') this.#blocks++;
    else if (value === 'case' && this.#blocks > 0) this.#blocks++;
    else if (value === 'end' && this.#blocks > 0) this.#blocks--;
  }

  #createsRoutine(): boolean {
    const [create, or, replace, kind] = this.leading;
    const created = or === 'or' && replace === 'replace' ? kind : or;
    return create === 'create' && (created === 'function' || created === 'procedure');
  }
}
