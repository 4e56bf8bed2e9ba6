import type { TsType } from '../ts-type.js';

/** What a driver makes of one Postgres type. */
export interface DriverType {
  /** The JavaScript value of a column of this type when it is read. */
  readonly read: TsType;
  /** What the driver turns into something that the database accepts. */
  readonly write: TsType;
  /** An element of an array of this type when it is read; null where the driver leaves the array as text: `{a,b}`. */
  readonly element: TsType | null;
}

/** A driver profile: one row for each type by name, and what becomes of the kinds of types that schemas declare. */
export interface DriverProfile {
  readonly types: { readonly [pgType: string]: DriverType };
  /** Types without a row: extension types, ranges, composites. */
  readonly other: DriverType;
  /** Whether arrays of enums and domains are parsed. */
  readonly parsesDeclaredArrays: boolean;
}
