import type { PostgresError } from '../messages.js';

/**
 * The types of server messages that matter here: https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
const types = { commandComplete: 0x43, emptyQuery: 0x49, error: 0x45 } as const;

const headLength = 5;

/** Fields of an error, by their letters: https://www.postgresql.org/docs/current/protocol-error-fields.html */
const fields: Readonly<Record<string, string>> = {
  S: 'severity',
  C: 'code',
  M: 'message',
  D: 'detail',
  H: 'hint',
  P: 'position',
  W: 'where',
};

/** Scans a server's answer as it arrives. It stores only the first error and the number of answered statements. */
export class AnswerScanner {
  answered = 0;
  error: PostgresError | undefined;
  /** The part of a message that has arrived, starting with its type. For a row it is never more than the head. */
  #message = Buffer.alloc(0);
  /** Bytes of the message that are still to arrive and will be skipped. */
  #skipped = 0;

  take(bytes: Uint8Array): void {
    let rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    while (rest.length > 0) rest = this.#skipped > 0 ? this.#skip(rest) : this.#read(rest);
  }

  #skip(bytes: Buffer): Buffer {
    const count = Math.min(this.#skipped, bytes.length);
    this.#skipped -= count;
    return bytes.subarray(count);
  }

  /** Takes the bytes that the current message still needs, and returns the rest. */
  #read(bytes: Buffer): Buffer {
    const needsHead = this.#message.length < headLength;
    const wanted = needsHead ? headLength : 1 + this.#message.readUInt32BE(1);
    const taken = bytes.subarray(0, wanted - this.#message.length);
    this.#message = Buffer.concat([this.#message, taken]);
    if (this.#message.length === wanted) this.#complete(needsHead);
    return bytes.subarray(taken.length);
  }

  #complete(isHead: boolean): void {
    const [type] = this.#message;
    const length = this.#message.readUInt32BE(1) - (headLength - 1);
    if (type === types.commandComplete || type === types.emptyQuery) {
      if (isHead) this.answered++;
    }
    if (type === types.error && isHead && length > 0) return;
    if (type === types.error) this.error ??= errorOf(this.#message.subarray(headLength));
    else this.#skipped = length;
    this.#message = Buffer.alloc(0);
  }
}

/**
 * Reads an error message: a letter and a text for each field, each text terminated by a zero, and a zero at the end.
 */
function errorOf(bytes: Buffer): PostgresError {
  const values: Record<string, string> = {};
  for (let at = 0; at < bytes.length && bytes[at] !== 0; ) {
    const end = bytes.indexOf(0, at + 1);
    const name = fields[String.fromCharCode(bytes[at] ?? 0)];
    if (name !== undefined) values[name] = bytes.toString('utf8', at + 1, end);
    at = end + 1;
  }
  const { message, severity = '', code = '', ...others } = values;
  return Object.assign(new Error(message), { severity, code }, others);
}
