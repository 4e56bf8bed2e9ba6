import type { ModuleExport } from '../module-export.js';
import type { TsType } from '../ts-type.js';

/** What a driver makes of one Postgres type. */
export interface DriverType {
  /** The JavaScript value of a column of this type when it is read. */
  readonly read: TsType;
  /** What the driver turns into something that the database accepts, and stores as what it was. */
  readonly write: TsType;
  /** An element of an array of this type when it is read; null where the driver leaves the array as text: `{a,b}`. */
  readonly element: TsType | null;
  /** `text`: the driver writes JavaScript arrays of this type in a form that the database refuses. */
  readonly arrayWrite?: 'text';
  /** What remains of the above in a database that holds no infinite dates. */
  readonly finite?: DriverType;
}

export type ProfileName = 'pg' | 'pg-parsers' | 'pglite';

/** What the generated `parsers.ts` makes of the types that JavaScript has several for. */
export interface ParserChoices {
  readonly int8: 'bigint' | 'string';
  /** A module's export is the namespace `Temporal`. */
  readonly dates: 'string' | 'date' | ModuleExport;
  /** A class whose constructor takes the text of a number; text when absent. */
  readonly numeric?: ModuleExport;
}

/** A driver profile: one row for each built-in type, and what becomes of the kinds of types that schemas declare. */
export interface DriverProfile {
  readonly name: ProfileName;
  readonly types: { readonly [pgType: string]: DriverType };
  /** Types of extensions. */
  readonly other: DriverType;
  /**
   * What is read of arrays of a type that the schema declares (enum, domain, composite, range): the text of the whole array,
   * the text of each element, or elements that are parsed like a scalar.
   */
  readonly declaredArrays: 'text' | 'elements' | 'parsed';
  /** Whether composites and ranges become objects. They are text otherwise. */
  readonly objects: boolean;
  /** The time zone in which a timestamp without one becomes a `Date`; absent where it does not. */
  readonly timestampZone?: 'local' | 'UTC';
  /** `text`: a value for a column of a domain is sent as `String(value)`, without the base type's own serializer. */
  readonly domainWrites: 'base' | 'text';
}
