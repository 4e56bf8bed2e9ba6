/** The type of a field, as the code writes it, and what it holds. */
export interface DeclaredType extends TypeFacts {
  /** The type as written, on one line. */
  readonly text: string;
  /** Name of the type in profiles: `DateTime<Utc>`, `string`. The text, where no profile knows the type. */
  readonly name: string;
  /** The other members of a union: `Date | string`. */
  readonly alternatives?: readonly string[];
  /** Whether a union has a value and a list of it: `string | string[]`. */
  readonly orList?: true;
  /** All texts that it may be, where it lists them: `'sad' | 'happy'`. */
  readonly values?: readonly string[];
  readonly nullable: boolean;
  /** Whether it may be absent and yet never null: `name?: string`. */
  readonly absentOnly?: true;
  /** Whether an attribute alone says that it may be null: `@Column({ nullable: true }) name: string`. */
  readonly hidesNull?: true;
  /** What the library makes of types of Postgres, as an attribute says: `{ date: 'string' }` of `@Column('date')`. */
  readonly makes?: Readonly<Record<string, string>>;
  /** Whether the type says that the database fills the column: Kysely's `Generated<string>`. */
  readonly generated?: true;
  /** Whether null is read as a value, so that both fit: as an empty list by Prisma's `String[]`, as 0 by `Number`. */
  readonly nullIsEmpty?: true;
  /** Number of arrays around the type: 1 for `string[]`. */
  readonly dimensions: number;
}

/** What a type holds, in any language and in the database. */
export interface TypeFacts {
  readonly category: Category;
  /** Size in bits: 32 for `i32`. */
  readonly width?: number;
  /** `with` for an instant, `without` for a wall clock. */
  readonly timezone?: 'with' | 'without';
}

export type Category =
  | 'integer'
  | 'float'
  | 'decimal'
  | 'money'
  | 'boolean'
  | 'text'
  | 'bytes'
  | 'json'
  | 'uuid'
  | 'timestamp'
  | 'date'
  | 'time'
  | 'interval'
  | 'network'
  | 'bits'
  | 'geometry'
  | 'range'
  | 'enum'
  | 'composite'
  | 'other'
  /** Holds anything: `unknown`. */
  | 'any'
  /** A type that is declared in no given file. */
  | 'unknown';

/** A library that reads values of columns in its own way; `types/` has a profile for each. */
export type ProfileName =
  | 'sqlx'
  | 'sqlx-any'
  | 'diesel'
  | 'diesel-table'
  | 'sea-orm'
  | 'typescript'
  | 'typeorm'
  | 'sequelize'
  | 'prisma-query'
  | 'drizzle-query'
  | 'drizzle'
  | 'prisma';
