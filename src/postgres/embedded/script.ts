import { nextToken, type Token } from './lexer.js';
import { OpenStatement } from './open-statement.js';

/** The content of a psql script. Lines are counted from 1. */
export interface Script {
  readonly statements: readonly Statement[];
  /** Every `COPY … FROM stdin` with its data. */
  readonly copies: readonly CopyBlock[];
  readonly metaCommands: readonly MetaCommand[];
}

/** A statement of a script. */
export interface Statement {
  /** The text from its first token, without the `;`. */
  readonly text: string;
  /** The line of its first token. */
  readonly line: number;
  /** Its first tokens: words in lower case, identifiers without quotes, anything else as written. */
  readonly leading: readonly string[];
}

/** A `COPY … FROM stdin` with its data. */
export interface CopyBlock {
  readonly text: string;
  readonly line: number;
  /** The lines up to the closing `\.`. */
  readonly data: string;
}

/** A backslash command of psql. */
export interface MetaCommand {
  /** Without the backslash. */
  readonly name: string;
  readonly arguments: string;
  readonly line: number;
}

/**
 * Splits a script, such as pg_dump writes it, in the same way as psql: in one pass and without interpreting it.
 *
 *     readScript('create table a (x int);\n\\echo done') gives
 *     { statements: [{ text: 'create table a (x int)', line: 1, leading: ['create', 'table', 'a', …] }],
 *       copies: [], metaCommands: [{ name: 'echo', arguments: 'done', line: 2 }] }
 */
export function readScript(text: string): Script {
  return new ScriptReader(text).read();
}

class ScriptReader {
  readonly #text: string;
  readonly #statements: Statement[] = [];
  readonly #copies: CopyBlock[] = [];
  readonly #metaCommands: MetaCommand[] = [];
  #open: OpenStatement | undefined;
  #at: number;
  /** The range of a COPY's data that lies ahead, starting at the end of the COPY's line. */
  #data: { readonly start: number; readonly end: number } | undefined;
  #line = 1;
  #nextBreak: number;

  constructor(text: string) {
    this.#text = text;
    this.#at = text.startsWith('\ufeff') ? 1 : 0;
    this.#nextBreak = indexOrEnd(text, '\n', 0);
  }

  read(): Script {
    for (let token = this.#next(); token; token = this.#next()) {
      this.#at = token.end;
      const symbol = this.#text[token.start];
      if (symbol === '\\') this.#readBackslash(token.start);
      else if (symbol === ';' && (this.#open?.endsAtSemicolon ?? true)) this.#endStatement(token.start);
      else {
        this.#open ??= new OpenStatement(token.start, this.#lineAt(token.start));
        this.#open.take(this.#text, token);
      }
    }
    this.#endStatement(this.#text.length);
    return { statements: this.#statements, copies: this.#copies, metaCommands: this.#metaCommands };
  }

  /** The next token outside data. psql reads what follows a COPY on the same line after the data. */
  #next(): Token | undefined {
    const data = this.#data;
    if (data && this.#text.slice(this.#at, data.start).trimStart() === '') this.#skipData(data.end);
    const token = nextToken(this.#text, this.#at);
    if (!this.#data || (token && token.start < this.#data.start)) return token;
    this.#skipData(this.#data.end);
    return nextToken(this.#text, this.#at);
  }

  #skipData(end: number): void {
    this.#data = undefined;
    this.#at = Math.max(this.#at, end);
  }

  #endStatement(end: number): void {
    if (!this.#open) return;
    const { line, leading, copiesFromStdin } = this.#open;
    const text = this.#open.textUpTo(this.#text, end);
    if (copiesFromStdin) this.#copies.push({ text, line, data: this.#readData(end) });
    else this.#statements.push({ text, line, leading });
    this.#open = undefined;
  }

  /** Reads data: the lines up to a line that is just `\.`, or up to the end of the text. */
  #readData(statementEnd: number): string {
    const text = this.#text;
    const lineEnd = this.#data?.start ?? indexOrEnd(text, '\n', statementEnd);
    const start = this.#data?.end ?? lineEnd;
    let close = indexOrEnd(text, '\n\\.', start);
    while (close < text.length && !/^\r?(?:\n|$)/.test(text.slice(close + 3, close + 5))) {
      close = indexOrEnd(text, '\n\\.', close + 3);
    }
    this.#data = { start: lineEnd, end: indexOrEnd(text, '\n', close + 1) };
    return text.slice(start + 1, close + 1);
  }

  /** Reads a backslash outside quotes: either `\;`, which ends a statement like a plain `;`, or a psql command. */
  #readBackslash(start: number): void {
    if (this.#text[start + 1] === ';') {
      this.#at = start + 2;
      this.#endStatement(start);
      return;
    }
    const end = endOfMetaCommand(this.#text, start + 1);
    const [, name = '', rest = ''] = /^(\S*)(.*)$/s.exec(this.#text.slice(start + 1, end)) ?? [];
    this.#metaCommands.push({ name, arguments: rest.trim(), line: this.#lineAt(start) });
    // Two backslashes only separate a command from what follows. After \q, psql reads nothing more.
    this.#at = this.#text.startsWith('\\\\', end) ? end + 2 : end;
    if (name === 'q' || name === 'quit') this.#at = this.#text.length;
    // psql runs a command in the middle of a statement at once, and removes it from the statement.
    this.#open?.takeOut(this.#text, start, this.#at);
  }

  /** The line of a position. Positions only increase, so each line break is counted once. */
  #lineAt(position: number): number {
    while (this.#nextBreak < position) {
      this.#line++;
      this.#nextBreak = indexOrEnd(this.#text, '\n', this.#nextBreak + 1);
    }
    return this.#line;
  }
}

/** The end of a psql command: the end of its line, or the next backslash outside quotes (psqlscanslash.l). */
function endOfMetaCommand(text: string, from: number): number {
  let quote = '';
  let at = from;
  for (; at < text.length && text[at] !== '\n'; at++) {
    const char = text.charAt(at);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '\\') break;
    else if (char === "'" || char === '"' || char === '`') quote = char;
  }
  return at;
}

function indexOrEnd(text: string, search: string, from: number): number {
  const at = text.indexOf(search, from);
  return at < 0 ? text.length : at;
}
