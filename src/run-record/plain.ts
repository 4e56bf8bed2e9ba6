import { types } from 'node:util';

/**
 * The text of a value that is plain data. Equal values have equal texts, regardless of the order of their keys.
 * Undefined for a value that could run code, or be different when it is read again: a function, an instance of a class,
 * a getter, a proxy.
 *
 *     { out: 'x', include: ['a'] } → {"include":["a"],"out":"x"}
 */
export function plainText(value: unknown): string | undefined {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || ['number', 'boolean', 'undefined'].includes(typeof value)) return String(value);
  if (typeof value !== 'object' || types.isProxy(value)) return undefined;
  if (Array.isArray(value)) return listText(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? objectText(value) : undefined;
}

/** The text of a list; undefined if it has holes, or properties other than its items. */
function listText(list: readonly unknown[]): string | undefined {
  const isPlain = Object.getPrototypeOf(list) === Array.prototype && Reflect.ownKeys(list).length === list.length + 1;
  const entries = isPlain ? entriesOf(list) : undefined;
  if (entries === undefined) return undefined;
  // The last entry is the list's length.
  const items = entries.slice(0, -1).map(([, text]) => text);
  return `[${items.join()}]`;
}

function objectText(value: object): string | undefined {
  const entries = entriesOf(value)?.sort(([a], [b]) => (a < b ? -1 : 1));
  const properties = entries?.map(([key, text]) => `${JSON.stringify(key)}:${text}`);
  return properties && `{${properties.join()}}`;
}

function entriesOf(value: object): (readonly [key: string, text: string])[] | undefined {
  const entries: (readonly [string, string])[] = [];
  for (const key of Reflect.ownKeys(value)) {
    const property = Object.getOwnPropertyDescriptor(value, key);
    const text = property && 'value' in property ? plainText(property.value) : undefined;
    if (typeof key === 'symbol' || text === undefined) return undefined;
    entries.push([key, text]);
  }
  return entries;
}
