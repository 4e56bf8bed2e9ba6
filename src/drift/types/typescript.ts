import type { TypeFacts } from '../declared-type.js';

/** Facts about the JavaScript values that drivers give. */
export const javascriptTypes: Readonly<Record<string, TypeFacts>> = {
  string: { category: 'text' },
  number: { category: 'float', width: 64 },
  bigint: { category: 'integer' },
  boolean: { category: 'boolean' },
  Date: { category: 'timestamp' },
  Buffer: { category: 'bytes' },
  Uint8Array: { category: 'bytes' },
  /** An object of any shape: `Record<string, unknown>`, an interface, a type literal. */
  object: { category: 'json' },
  any: { category: 'any' },
};
