/** PostgreSQL's block: the unit of its data files, and of what is left out of a copy of them. */
export const blockSize = 8192;

/** `pd_lower` and `pd_upper` in the head of a page: the free space lies between them (src/include/storage/bufpage.h). */
const lowerAt = 12;
const upperAt = 14;

/** A smaller one is not worth it: a file without holes can be used where it lies in the copy. */
const leastHole = blockSize / 2;

const zeros = Buffer.alloc(blockSize);

/**
 * Where nothing but zeros lies in each whole block of a file, as two numbers a block: all of a block, or the free space of a page; two zeros where
 * there is little or none. Undefined where no block has any. An empty table's index is one page with 8 kB of it.
 */
export function holesOf(content: Uint8Array): readonly number[] | undefined {
  const holes: number[] = [];
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  for (let at = 0; at + blockSize <= bytes.length; at += blockSize) holes.push(...holeOf(bytes.subarray(at, at + blockSize)));
  return holes.some((position) => position > 0) ? holes : undefined;
}

function holeOf(block: Buffer): readonly [number, number] {
  const [lower, upper] = [block.readUInt16LE(lowerAt), block.readUInt16LE(upperAt)];
  if (lower === 0 && block.equals(zeros)) return [0, blockSize];
  if (upper - lower < leastHole || upper > blockSize || !block.subarray(lower, upper).equals(zeros.subarray(lower, upper))) return [0, 0];
  return [lower, upper];
}

/** What lies around the holes, in order: of each block what is before its hole and what is after it, and what follows the last whole block. */
export function* piecesOf(size: number, holes: readonly number[]): Generator<readonly [start: number, end: number]> {
  let start = 0;
  for (let index = 0; index < holes.length; index += 2) {
    const block = (index / 2) * blockSize;
    const [lower = 0, upper = 0] = [holes[index], holes[index + 1]];
    if (upper === 0) continue;
    if (block + lower > start) yield [start, block + lower];
    start = block + upper;
  }
  if (start < size) yield [start, size];
}
