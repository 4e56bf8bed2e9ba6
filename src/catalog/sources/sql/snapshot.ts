import { createHash } from 'node:crypto';

/** A file or, without content, a directory. A directory stands before what it holds. */
export interface Entry {
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  readonly content?: Uint8Array;
}

interface Header {
  /** What the entries were made by. */
  readonly key: string;
  readonly entries: readonly { readonly path: string; readonly mode: number; readonly size?: number }[];
}

const digestLength = 32;
const headerStart = digestLength + 4;

/**
 * A tree of files as one: the SHA-256 of the rest, the length of the header (32 bits), the header as JSON, and the contents
 * one after the other as they are. Not compressed: it would be a seventh, and take twice as long to read and verify.
 */
export function encodeSnapshot(key: string, entries: readonly Entry[]): Buffer {
  const list = entries.map(({ path, mode, content }) => ({ path, mode, ...(content ? { size: content.length } : {}) }));
  const header = Buffer.from(JSON.stringify({ key, entries: list } satisfies Header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const rest = Buffer.concat([length, header, ...entries.flatMap(({ content }) => content ?? [])]);
  return Buffer.concat([digestOf(rest), rest]);
}

/**
 * The entries of a snapshot; undefined unless it is whole and of this key. The contents are views of `bytes`, one behind the
 * other: whoever takes one as its own may write into it, and not grow it.
 */
export function decodeSnapshot(key: string, bytes: Buffer): readonly Entry[] | undefined {
  if (bytes.length < headerStart || !digestOf(bytes.subarray(digestLength)).equals(bytes.subarray(0, digestLength))) return undefined;
  let at = headerStart + bytes.readUInt32LE(digestLength);
  const header = JSON.parse(bytes.toString('utf8', headerStart, at)) as Header;
  if (header.key !== key) return undefined;
  return header.entries.map(({ path, mode, size }) => {
    if (size === undefined) return { path, mode };
    const content = bytes.subarray(at, at + size);
    at += size;
    return { path, mode, content };
  });
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
