import { digest } from '../../digest.js';
import { nextToken, type Token } from '../../postgres/embedded/lexer.js';
import type { QueryKind } from '../catalog.js';
import { type CommentLine, commentLines } from './comment-lines.js';
import type { QueryProblem } from './problem.js';
import { type DeclaredParameter, type ParameterUse, type QueryText, queryKinds, type SqlText } from './query-text.js';

/** The queries of a file, and what is wrong with it. */
export interface ReadQueries {
  readonly queries: readonly QueryText[];
  readonly problems: readonly QueryProblem[];
}

/** Reads the queries of a file. No database is asked: what is told is what the text alone tells. */
export function readQueries(file: SqlText): ReadQueries {
  const reader = new QueryFileReader(file);
  reader.read();
  return reader;
}

/** A query while it is read. */
interface Draft {
  readonly name: string;
  readonly kind: QueryKind;
  readonly at: number;
  readonly doc: readonly string[];
  readonly uses: ParameterUse[];
  readonly declared: DeclaredParameter[];
  /** Where its statement begins, and where its last token ends; absent until there is one. */
  start?: number;
  end?: number;
  /** A semicolon has ended it. */
  isEnded?: true;
}

/** The words that a statement can begin with. */
const firstWords = new Set(['select', 'values', 'table', 'with', 'insert', 'update', 'delete', 'merge', '(']);

const nameLine = /^name\s*:\s*(\S*)\s*(\S*)\s*(.*)$/;
const parameterLine = /^param\s*:\s*(.*)$/;
const declaration = /^([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)([?!]?)(?:\s+(\S.*))?$/;
/**
 * A type as a CAST takes it, and nothing that could end the CAST: `public."Odd type"`, `timestamp(3) with time zone[]`.
 */
const typeName = /^(?:"(?:[^"]|"")+"|[\w\u0080-\uffff\s.])+(?:\([\d\s,-]+\)[\w\s]*)?(?:\[\d*\]\s*)*$/;
const reference = /:(?:'([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)'|([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*))/y;

class QueryFileReader implements ReadQueries {
  readonly queries: QueryText[] = [];
  readonly problems: QueryProblem[] = [];
  #draft: Draft | undefined;
  /** The name of a query was not understood, so that its statement is passed over. */
  #isSkipping = false;

  constructor(private readonly file: SqlText) {}

  read(): void {
    const { text } = this.file;
    if (text.includes('\0')) {
      this.#refuse(text.indexOf('\0'), 'a NUL character has no place in SQL');
      return;
    }
    let at = 0;
    let before: Token | undefined;
    for (let token = nextToken(text, at); token; token = nextToken(text, at)) {
      this.#readComments(at, token.start);
      at = this.#readToken(token, before);
      before = token;
    }
    this.#readComments(at, text.length);
    this.#finish();
  }

  #readComments(from: number, to: number): void {
    const { lines, open } = commentLines(this.file.text, from, to);
    lines.forEach((line, index) => {
      const name = nameLine.exec(line.text);
      const parameter = parameterLine.exec(line.text);
      if (name) this.#begin(name, line, docAbove(this.file.text, lines.slice(0, index), line));
      else if (parameter) this.#declare(parameter[1] ?? '', line);
    });
    if (open !== undefined) this.#refuse(open, 'nothing closes this comment');
  }

  #begin([, name = '', kind = '', rest = '']: readonly string[], { at }: CommentLine, doc: readonly string[]): void {
    this.#finish();
    const reason = whyNoName(name, kind, rest);
    this.#isSkipping = reason !== undefined;
    if (reason !== undefined) this.#refuse(at, reason);
    else this.#draft = { name, kind: kind.slice(1) as QueryKind, at, doc, uses: [], declared: [] };
  }

  #declare(text: string, { at }: CommentLine): void {
    if (this.#isSkipping) return;
    const draft = this.#draft;
    const [, name, mark, type] = declaration.exec(text) ?? [];
    if (!draft || draft.isEnded) this.#refuse(at, 'a "-- param:" line stands below the name of its query');
    else if (name === undefined || (type !== undefined && !typeName.test(type)))
      this.#refuse(at, 'write "-- param: name", with ? or ! behind the name, and perhaps a type');
    else if (draft.declared.some((other) => other.name === name))
      this.#refuse(at, `the parameter ${name} is declared twice`);
    else draft.declared.push({ name, at, ...(mark ? { nullable: mark === '?' } : {}), ...(type ? { type } : {}) });
  }

  /** Takes a token of a statement, and gives the offset behind it. */
  #readToken(token: Token, before: Token | undefined): number {
    const { text } = this.file;
    const draft = this.#draft;
    if (text[token.start] === '\\') return this.#refusePsql(token.start);
    if (this.#isSkipping || (text[token.start] === ';' && (!draft || draft.isEnded))) return token.end;
    if (!draft) {
      this.#refuse(token.start, 'the statement has no name: write "-- name: <name> :many" above it');
      this.#isSkipping = true;
      return token.end;
    }
    if (draft.isEnded) {
      this.#refuse(token.start, `${draft.name} has two statements: each query is one, with a name of its own`);
      this.#isSkipping = true;
      return token.end;
    }
    if (text[token.start] === ';') {
      draft.isEnded = true;
      return token.end;
    }
    draft.end = token.end;
    if (draft.start === undefined) this.#readFirst(token, draft);
    if (text[token.start] === '$' && token.kind === 'symbol' && /\d/.test(text[token.end] ?? ''))
      this.#refuse(token.start, 'parameters have names here: write :name instead of a number');
    return text[token.start] === ':' ? this.#readColon(token, before, draft) : token.end;
  }

  /** A command of psql goes to the end of its line. */
  #refusePsql(at: number): number {
    this.#refuse(at, 'commands of psql are not read: set variables with psql -v name=value');
    const end = this.file.text.indexOf('\n', at);
    return end < 0 ? this.file.text.length : end;
  }

  /**
   * Takes the first token of a statement. A statement of another kind has no place in the body of a function, in which
   * queries are looked at, and some would end that body.
   */
  #readFirst({ start, end }: Token, draft: Draft): void {
    draft.start = start;
    const word = this.file.text.slice(start, end).toLowerCase();
    if (!firstWords.has(word))
      this.#refuse(
        start,
        'a query reads or writes rows: it begins with SELECT, VALUES, TABLE, WITH, INSERT, UPDATE, DELETE or MERGE',
      );
  }

  /** A colon begins a parameter, unless it belongs to `::` or `:=`. */
  #readColon({ start, end }: Token, before: Token | undefined, draft: Draft): number {
    const { text } = this.file;
    if (text[end] === ':' || text[end] === '=') {
      draft.end = end + 1;
      return end + 1;
    }
    if (text[end] === '"') this.#refuse(start, 'a parameter is a value, and no name of a table or a column');
    reference.lastIndex = start;
    const [whole, quoted, plain] = reference.exec(text) ?? [];
    const name = quoted ?? plain;
    if (whole === undefined || name === undefined) return end;
    if (before && text.slice(before.start, before.end).toLowerCase() === 'in')
      this.#refuse(start, `IN takes a literal list: write = any(:${name})`);
    draft.uses.push({ name, at: start, length: whole.length });
    draft.end = start + whole.length;
    return start + whole.length;
  }

  #finish(): void {
    const draft = this.#draft;
    this.#draft = undefined;
    if (!draft) return;
    const { start, end, isEnded: _isEnded, ...told } = draft;
    if (start === undefined || end === undefined) {
      this.#refuse(draft.at, `${draft.name} has no statement`);
      return;
    }
    const other = this.queries.find(({ name }) => name === draft.name);
    if (other) this.#refuse(draft.at, `another query of the file is called ${draft.name}`);
    for (const { name, at } of draft.declared)
      if (!draft.uses.some((use) => use.name === name)) this.#refuse(at, `${draft.name} has no parameter :${name}`);
    // The server need not be asked about a query that its text refuses.
    if (this.problems.some(({ at }) => at >= draft.at)) return;
    const parts = partsBetween(this.file.text, start, end, draft.uses);
    this.queries.push({ file: this.file, ...told, start, parts, digest: digestOf(draft, parts) });
  }

  #refuse(at: number, message: string): void {
    this.problems.push({ file: this.file, at, message });
  }
}

function whyNoName(name: string, kind: string, rest: string): string | undefined {
  if (!/^[A-Za-z_$][\w$]*$/.test(name))
    return 'a query has a name that TypeScript can have: "-- name: openTickets :many"';
  const kinds = queryKinds.map((one) => `:${one}`);
  if (!kinds.includes(kind)) return `behind the name stands one of ${kinds.join(', ')}`;
  return rest === '' ? undefined : `nothing stands behind ${kind}`;
}

/** The lines of comment that stand directly above a line. */
function docAbove(text: string, lines: readonly CommentLine[], { at }: CommentLine): string[] {
  const doc: string[] = [];
  let below = at;
  for (const line of [...lines].reverse()) {
    const between = text.slice(line.end, below);
    if (between.split('\n').length !== 2 || nameLine.test(line.text) || parameterLine.test(line.text)) break;
    doc.unshift(line.text);
    below = line.at;
  }
  return doc;
}

function partsBetween(text: string, start: number, end: number, uses: readonly ParameterUse[]): string[] {
  const parts: string[] = [];
  let from = start;
  for (const { at, length } of uses) {
    parts.push(text.slice(from, at));
    from = at + length;
  }
  return [...parts, text.slice(from, end)];
}

function digestOf({ name, kind, uses, declared }: Draft, parts: readonly string[]): string {
  const names = uses.map((use) => use.name);
  const said = declared.map(({ at: _at, ...parameter }) => parameter);
  return digest(JSON.stringify([name, kind, parts, names, said]));
}
