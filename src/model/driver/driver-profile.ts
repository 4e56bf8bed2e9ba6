import type { DriverName } from '../../config/drivers.js';
import { type BuiltinName, builtin, type TsType, union } from '../ts-type.js';
import type { BuiltinTypeName, ExtensionTypeName } from './postgres-types.js';

/** How a driver handles one Postgres type: what is read, what can be written, and what an element of an array is. */
export interface DriverType {
  /** The JavaScript value of a column of this type when it is read. */
  readonly read: TsType;
  /** The values that the driver sends in a form that the database accepts and stores unchanged. */
  readonly write: TsType;
  /** An element of an array of this type when it is read; null if the driver leaves the array as text: `{a,b}`. */
  readonly element: TsType | null;
  /** `text`: the driver writes JavaScript arrays of this type in a form that the database refuses. */
  readonly arrayWrite?: 'text';
  /** The same type in a database without infinite dates; absent if that makes no difference. */
  readonly finite?: DriverType;
}

/**
 * A driver profile: the JavaScript values that one driver reads and writes, for every Postgres type. It says what the
 * driver does, not what it should do: `test/matrix.slow.ts` reads and writes each type through the real driver.
 */
export interface DriverProfile {
  readonly name: DriverName;
  /** The types of `pg_catalog`: `bool`, `timestamptz`. */
  readonly types: { readonly [Type in BuiltinTypeName]: DriverType };
  /** The types of well-known extensions: `citext.citext`. */
  readonly extensionTypes: { readonly [Type in ExtensionTypeName]: DriverType };
  /** Every other type, which an extension or C code defines. */
  readonly other: DriverType;
  /**
   * How arrays are read whose elements are of a type that the schema declares (enum, domain, composite, range): as the
   * text of the whole array, as the text of each element, or with elements parsed like single values.
   */
  readonly declaredArrays: 'text' | 'elements' | 'parsed';
  /**
   * The driver does not distinguish a NULL in an array from the text NULL: it reads `'NULL'`, NaN, false or an invalid
   * `Date`, which is what its element parser makes of that text.
   */
  readonly nullElements?: 'text';
  /** Whether composites and ranges are read as objects; otherwise they are text. */
  readonly objects: boolean;
  /** The time zone in which a timestamp without one becomes a `Date`; absent if it is not read as a `Date`. */
  readonly timestampZone?: 'local' | 'UTC';
  /**
   * How a value for a column of a domain is sent: like its base type, or, with `text`, as `String(value)`. Every
   * profile reads a domain as its base type, because that is how Postgres describes it; this does not hold for arrays
   * of domains.
   */
  readonly domainWrites: 'base' | 'text';
  /**
   * JavaScript types whose values the driver sends as parameters of a type that it chooses itself: a boolean as `bool`,
   * regardless of the column. A column of another type refuses such a value, and so does an array of any type whose
   * first element is one. Absent if the server chooses the type of every parameter.
   */
  readonly declares?: readonly BuiltinName[];
}

/** Read and written as one JavaScript type, single and in arrays. */
export const same = (type: TsType): DriverType => ({ read: type, write: type, element: type });

/** Read as one type, single and in arrays, and written as another. */
export const readAndWritten = (read: TsType, write: TsType): DriverType => ({ read, write, element: read });

/** The same type, except that the driver leaves its arrays as the text of the whole array. */
export const withTextArrays = (type: DriverType): DriverType => ({ ...type, element: null });

/** A date that may be infinite: `infinity` is read as the number Infinity, which the date type does not include. */
export function infiniteDate(date: TsType, write: TsType): DriverType {
  return { ...readAndWritten(union(date, builtin('number')), write), finite: readAndWritten(date, write) };
}

/** One row for each of several types that a driver handles alike. */
export function each<Name extends string>(
  names: readonly Name[],
  type: DriverType,
): { readonly [Type in Name]: DriverType } {
  return Object.fromEntries(names.map((name) => [name, type])) as { [Type in Name]: DriverType };
}
