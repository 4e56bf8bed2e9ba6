/**
 * How the embedded server's process and ours speak: frames on one pipe, each a message as JSON with bytes behind it.
 * Nothing but JSON is parsed of what comes back, since SQL may have had its way with the process that sends it. A
 * frame: the lengths of both parts (32 bits each, little-endian), then both.
 */
export interface Frame {
  readonly message: unknown;
  readonly bytes: Buffer;
}

export const headLength = 8;

/** More than any answer has; a longer one is none. */
const longestPart = 2 ** 31;

const noBytes = Buffer.alloc(0);

/** A frame's parts, one behind the other. */
export function encodeFrame(message: unknown, bytes: Uint8Array = noBytes): readonly Uint8Array[] {
  const json = Buffer.from(JSON.stringify(message, plain));
  const head = Buffer.alloc(headLength);
  head.writeUInt32LE(json.length, 0);
  head.writeUInt32LE(bytes.length, 4);
  return bytes.length > 0 ? [head, json, bytes] : [head, json];
}

/** JSON has no integers of 64 bits: the ones that a number cannot hold pass as text. */
const plain = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

/** The lengths that a frame's head tells: of the message, and of the bytes behind it. */
export function partLengths(head: Buffer): readonly [json: number, bytes: number] {
  const lengths = [head.readUInt32LE(0), head.readUInt32LE(4)] as const;
  if (lengths.some((length) => length > longestPart)) throw new Error('a frame of impossible length');
  return lengths;
}

export function decodeFrame(json: Buffer, bytes: Buffer): Frame {
  return { message: JSON.parse(json.toString('utf8')), bytes };
}

/** Puts frames together from the pieces that a stream gives. */
export class FrameReader {
  #pieces: Buffer[] = [];
  #length = 0;
  #wanted = headLength;
  #parts: readonly [number, number] | undefined;

  /** The frames that are complete with this piece. */
  *take(piece: Buffer): Generator<Frame> {
    this.#pieces.push(piece);
    this.#length += piece.length;
    while (this.#length >= this.#wanted) {
      const taken = this.#takeOut(this.#wanted);
      if (!this.#parts) {
        this.#parts = partLengths(taken);
        this.#wanted = this.#parts[0] + this.#parts[1];
        continue;
      }
      const [json] = this.#parts;
      this.#parts = undefined;
      this.#wanted = headLength;
      yield decodeFrame(taken.subarray(0, json), taken.subarray(json));
    }
  }

  #takeOut(length: number): Buffer {
    const [first] = this.#pieces;
    const whole = this.#pieces.length === 1 && first ? first : Buffer.concat(this.#pieces);
    const rest = whole.subarray(length);
    this.#pieces = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
    return whole.subarray(0, length);
  }
}
