import { types } from 'node:util';

/**
 * A value returned by a driver, as a TypeScript expression of the same shape. Object literals are fresh there, so the
 * compiler refuses a property that the declared type lacks.
 */
export function toExpression(value: unknown): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return String(value);
    case 'bigint':
      return `${value}n`;
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'object':
      return objectExpression(value);
    default:
      throw new Error(`A driver gave a ${typeof value}.`);
  }
}

function objectExpression(value: object): string {
  if (Array.isArray(value)) return `[${value.map(toExpression).join(', ')}]`;
  if (types.isDate(value)) return `new Date(${value.getTime()})`;
  if (Buffer.isBuffer(value)) return `Buffer.from(${JSON.stringify(value.toString('hex'))}, 'hex')`;
  if (value instanceof Uint8Array) return `new Uint8Array([${[...value].join(', ')}])`;
  const name: unknown = Reflect.get(value, Symbol.toStringTag);
  if (typeof name === 'string' && name.startsWith('Temporal.')) return `${name}.from(${JSON.stringify(String(value))})`;
  if (name === 'Decimal') return `new Decimal(${JSON.stringify(String(value))})`;
  const own = Object.entries(value).map(([key, property]) => `${JSON.stringify(key)}: ${toExpression(property)}`);
  return `{ ${[...own, ...methods(value)].join(', ')} }`;
}

/** The methods of an object whose class belongs to the driver, such as `PostgresInterval`. */
function methods(value: object): string[] {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype || typeof prototype !== 'object') return [];
  return Object.getOwnPropertyNames(prototype)
    .filter((name) => name !== 'constructor')
    .sort()
    .map((name) => `${JSON.stringify(name)}: () => ''`);
}
