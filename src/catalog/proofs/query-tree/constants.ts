import { isNode, listOf, type PgNode, type PgValue } from './node-tree.js';
import { number } from './scope.js';

/** The oid of the type `boolean`. */
const booleanType = 16;

/** The truth value of a constant; undefined for anything else, null among it. */
export function truthOf(value: PgValue | undefined): boolean | undefined {
  const bytes = bytesOf(value);
  return isConstant(value) && number(value.fields['consttype']) === booleanType && bytes.length > 0
    ? bytes[0] !== 0
    : undefined;
}

/** The text of a constant: `epoch` in `extract(epoch FROM t)`; undefined for anything else. */
export function textOf(value: PgValue | undefined): string | undefined {
  const bytes = bytesOf(value);
  return bytes.length > headerBytes ? Buffer.from(bytes.slice(headerBytes)).toString('utf8') : undefined;
}

/** What is known of the elements of a constant array. */
export function arrayOf(
  value: PgValue | undefined,
): { readonly empty: boolean; readonly hasNulls: boolean } | undefined {
  const bytes = bytesOf(value);
  if (bytes.length < headerBytes + 3 * wordBytes) return undefined;
  const isSet = (word: number) =>
    bytes.slice(headerBytes + word * wordBytes, headerBytes + (word + 1) * wordBytes).some((byte) => byte !== 0);
  // `ArrayType` of `array.h`: the number of dimensions, and the offset of the data if nulls are marked before it.
  return { empty: !isSet(0), hasNulls: isSet(1) };
}

/** Bytes before the data of a value of variable length, which hold the length. */
const headerBytes = 4;
const wordBytes = 4;

/** A constant is written as the number of its bytes and the bytes: `:constvalue 4 [ 1 0 0 0 ]`. */
function bytesOf(value: PgValue | undefined): readonly number[] {
  if (!isConstant(value)) return [];
  return listOf(value.fields['constvalue'])
    .slice(1)
    .filter((token) => token !== '[' && token !== ']')
    .map((byte) => Number(byte) & 0xff);
}

const isConstant = (value: PgValue | undefined): value is PgNode =>
  isNode(value) && value.tag === 'CONST' && value.fields['constisnull'] === 'false';
