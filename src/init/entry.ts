/**
 * A property of the config file that is to be written.
 *
 *     { key: 'out', value: 'generated', comment: 'The generated files.' }
 */
export interface Entry {
  readonly key: string;
  readonly value: Value;
  readonly comment?: string;
  /** Whether it is written as a comment, for people to turn on. */
  readonly off?: true;
}

/** A value in the config file. */
export type Value = string | number | boolean | Variable | readonly Value[] | Properties;

/** A value that is read from the environment: `process.env.<name>`. */
export interface Variable {
  readonly variable: string;
}

/** An object in the config file, whose entries may have comments. */
export interface Properties {
  readonly entries: readonly Entry[];
}

/** A property of plain data. */
export function entry(key: string, value: unknown, comment?: string): Entry {
  return { key, value: asValue(value), ...(comment === undefined ? {} : { comment }) };
}

/** Turns plain data into a value. */
function asValue(data: unknown): Value {
  if (Array.isArray(data)) return data.map(asValue);
  if (typeof data === 'object' && data !== null)
    return { entries: Object.entries(data).map(([key, value]) => entry(key, value)) };
  return data as string | number | boolean;
}
