/**
 * A message between this process and that of the embedded Postgres: JSON followed by bytes, sent over one pipe. The
 * reply is parsed only as JSON, because SQL may have taken over the process that sends it. A frame begins with the
 * lengths of both parts (32 bits each, little-endian), followed by the parts.
 */
export interface Frame {
  readonly message: unknown;
  readonly bytes: Buffer;
}

/** Bytes in a frame's head. */
export const headLength = 8;

/**
 * The maximum length of a part, which is more than any answer needs. A longer length means that the frame is broken.
 */
const longestPart = 2 ** 31;

const noBytes = Buffer.alloc(0);

/** Encodes a frame as pieces of bytes, to be written one after another. */
export function encodeFrame(message: unknown, bytes: Uint8Array = noBytes): readonly Uint8Array[] {
  const json = Buffer.from(JSON.stringify(message, plain));
  const head = Buffer.alloc(headLength);
  head.writeUInt32LE(json.length, 0);
  head.writeUInt32LE(bytes.length, 4);
  return bytes.length > 0 ? [head, json, bytes] : [head, json];
}

/** Converts 64-bit integers, which JSON does not have, to text. */
const plain = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

/** Reads the lengths of the message and of the bytes after it from a frame's head. */
export function partLengths(head: Buffer): readonly [json: number, bytes: number] {
  const lengths = [head.readUInt32LE(0), head.readUInt32LE(4)] as const;
  if (lengths.some((length) => length > longestPart)) throw new Error('a frame of impossible length');
  return lengths;
}

export function decodeFrame(json: Buffer, bytes: Buffer): Frame {
  return { message: JSON.parse(json.toString('utf8')), bytes };
}

/** Assembles frames from the pieces that a stream delivers. */
export class FrameReader {
  #pieces: Buffer[] = [];
  #length = 0;
  #wanted = headLength;
  #parts: readonly [number, number] | undefined;

  /** Takes a piece, and yields the frames that it completes. */
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
