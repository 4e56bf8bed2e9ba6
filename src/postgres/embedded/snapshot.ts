import { createHash } from 'node:crypto';
import { holesOf, piecesOf } from './pages.js';

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
  /** `holes` as `holesOf` gives them: what is not among the contents. */
  readonly entries: readonly { readonly path: string; readonly mode: number; readonly size?: number; readonly holes?: readonly number[] }[];
}

const digestLength = 32;
const headerStart = digestLength + 4;

/**
 * A tree of files as one: the SHA-256 of the rest, the length of the header (32 bits), the header as JSON, and the contents
 * one after the other as they are, or without the free space of their pages: half the size, where there are tables, for 20 MiB more when it is read. Not
 * compressed: it would take longer to read and verify.
 */
export function encodeSnapshot(key: string, entries: readonly Entry[], spareFreeSpace = false): Buffer {
  const list: Header['entries'] = entries.map(({ path, mode, content }) => {
    if (!content) return { path, mode };
    const holes = spareFreeSpace ? holesOf(content) : undefined;
    return { path, mode, size: content.length, ...(holes ? { holes } : {}) };
  });
  const header = Buffer.from(JSON.stringify({ key, entries: list } satisfies Header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const pieces = entries.flatMap(({ content }, index) => (content ? Array.from(piecesOf(content.length, list[index]?.holes ?? []), ([start, end]) => content.subarray(start, end)) : []));
  const whole = Buffer.concat([Buffer.alloc(digestLength), length, header, ...pieces]);
  digestOf(whole.subarray(digestLength)).copy(whole);
  return whole;
}

/**
 * The entries of a snapshot; undefined unless it is whole and of this key. The contents are views of two buffers, one behind the
 * other: whoever takes one as its own may write into it, and not grow it.
 */
export function decodeSnapshot(key: string, bytes: Buffer): readonly Entry[] | undefined {
  if (bytes.length < headerStart || !digestOf(bytes.subarray(digestLength)).equals(bytes.subarray(0, digestLength))) return undefined;
  let at = headerStart + bytes.readUInt32LE(digestLength);
  const header = JSON.parse(bytes.toString('utf8', headerStart, at)) as Header;
  if (header.key !== key) return undefined;
  const filled = new Uint8Array(header.entries.reduce((sum, { size = 0, holes }) => sum + (holes ? size : 0), 0));
  let end = 0;
  return header.entries.map(({ path, mode, size, holes }) => {
    if (size === undefined) return { path, mode };
    if (!holes) return { path, mode, content: bytes.subarray(at, (at += size)) };
    const content = filled.subarray(end, (end += size));
    for (const [from, to] of piecesOf(size, holes)) {
      content.set(bytes.subarray(at, at + to - from), from);
      at += to - from;
    }
    return { path, mode, content };
  });
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
