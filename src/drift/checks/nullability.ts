import type { DeclaredField } from '../declared.js';
import { type Draft, shownField } from '../finding.js';
import { judgeType, recommendedType } from '../types/compatible.js';
import type { ColumnType } from '../types/pg.js';
import type { Profile } from '../types/profile.js';
import { plainName } from '../words.js';
import { type Compared, type FieldScope, placeOf, shownColumn } from './field-scope.js';

/**
 * Findings for a field that can be null and a column that cannot, or the reverse. Columns of views are left out of the
 * reverse: Postgres calls all of them nullable.
 */
export function compareNullability(
  scope: FieldScope,
  column: Compared,
  field: DeclaredField,
  type: ColumnType,
): readonly Draft[] {
  const { model, profile, isDerived } = scope;
  const declares = model.covers === 'schema';
  const notNull = column.notNull || type.refusesNull;
  if (!notNull && field.type.hidesNull) return [hiddenNull(scope, column, field)];
  if (!notNull && field.type.absentOnly && field.type.category !== 'any') return [neverUndefined(scope, column, field)];
  if (notNull !== field.type.nullable || field.type.category === 'any' || field.type.nullIsEmpty) return [];
  // JSON has a value null of its own: a type such as `Json` includes it even for a NOT NULL column.
  if (notNull && type.category === 'json' && profile.readsAnyJson) return [];
  if (!notNull && (isDerived || (model.converts && makesOwnNull.has(field.type.name)))) return [];
  const written = declaration(field, type, notNull, profile);
  const expected = written === undefined ? {} : { expected: written, fix: `Declare it as ${written}` };
  const place = { rule: 'nullability-mismatch', ...placeOf(scope, column, field) } as const;
  if (notNull) {
    return [
      {
        ...place,
        severity: declares ? costOfAbsence(model, column) : 'info',
        kind: 'never-null',
        message: `${shownField(model, field)} may be absent (${field.type.text}), ${shownColumn(scope, column)} is never null.`,
        ...expected,
      },
    ];
  }
  const { severity, consequence } = model.unread
    ? ({ severity: 'warning', consequence: 'rows are inserted, and no struct is read from it' } as const)
    : costOfNull(scope, column, field);
  return [
    {
      ...place,
      severity,
      kind: 'may-be-null',
      message: `${shownField(model, field)} is required (${field.type.text}), ${shownColumn(scope, column)} may be null: ${consequence}.`,
      ...expected,
    },
  ];
}

/**
 * How much it matters that a declaration of the table calls a column nullable that is not. Code that believes it
 * inserts null, which fails, or leaves the column out, which works if the database fills it: for `None`, Diesel inserts
 * the default.
 */
function costOfAbsence(model: FieldScope['model'], column: Compared): Draft['severity'] {
  const isFilled = [column.default, column.identity, column.generated].some((filler) => filler !== undefined);
  return model.inserts || !isFilled ? 'error' : 'warning';
}

/** How much it matters that a field is required and its column may be null, and what happens then. */
function costOfNull(
  scope: FieldScope,
  column: Compared,
  field: DeclaredField,
): { readonly severity: Draft['severity']; readonly consequence: string } {
  const filledBy = field.filledBy ?? defaultOf(scope, column, field);
  if (filledBy !== undefined)
    return { severity: 'info', consequence: `${filledBy} fills it, and only other code can leave it null` };
  return column.generated === undefined
    ? { severity: 'error', consequence: 'reading such a row fails or lies' }
    : { severity: 'warning', consequence: 'no constraint keeps its expression from giving null' };
}

/**
 * The default of a column that gives each row its time, or a value that the code counts on, where null read into the
 * field is no failure. Of a column that the code itself sets to null, a default says nothing.
 */
function defaultOf(
  { profile: { nullPasses, countsOnDefaults }, nulled }: FieldScope,
  { name, default: byDefault = 'NULL' }: Compared,
  { type: { generated } }: DeclaredField,
): string | undefined {
  const isClock = /^(?:now\(\)|CURRENT_TIMESTAMP|LOCALTIMESTAMP|statement_timestamp\(\)|clock_timestamp\(\))/.test(
    byDefault,
  );
  const isCountedOn = (generated || (countsOnDefaults && !nulled.has(plainName(name)))) && !/^NULL\b/.test(byDefault);
  return nullPasses && (isClock || isCountedOn) ? `its default ${byDefault}` : undefined;
}

/** The remark on a field whose attribute agrees with its column, and whose type leaves null out. */
function hiddenNull(scope: FieldScope, column: Compared, field: DeclaredField): Draft {
  const { model, profile } = scope;
  const expected = profile.nullable(field.type.text);
  return {
    rule: 'nullability-mismatch',
    severity: 'info',
    ...placeOf(scope, column, field),
    kind: 'hidden',
    message: `${shownField(model, field)} is ${field.type.text}, and ${shownColumn(scope, column)} may be null, as its decorator says: the type leaves null out.`,
    expected,
    fix: `Declare it as ${expected}`,
  };
}

/**
 * The finding for a field that may be undefined, of a column that may be null: a driver gives null and no undefined.
 */
function neverUndefined(scope: FieldScope, column: Compared, field: DeclaredField): Draft {
  const { model, profile } = scope;
  const expected = profile.nullable(field.type.text.replace(/\s*\|\s*undefined\b/g, ''));
  return {
    rule: 'nullability-mismatch',
    severity: 'warning',
    ...placeOf(scope, column, field),
    kind: 'undefined',
    message: `${shownField(model, field)} may be undefined and not null (${field.type.text}), ${shownColumn(scope, column)} may be null: ${profile.reads} gives null.`,
    expected,
    fix: `Declare it as ${expected}`,
  };
}

/**
 * The declaration that a field should have: the recommended type of its column. A fitting array, or a type that nobody
 * knows, stays as written and becomes nullable if needed; undefined where nothing is to add.
 */
function declaration(
  { type: declared }: DeclaredField,
  type: ColumnType,
  notNull: boolean,
  profile: Profile,
): string | undefined {
  if (
    judgeType(type, declared, profile).fits === 'no' ||
    (declared.dimensions === 0 && declared.category !== 'unknown')
  )
    return recommendedType(type, !notNull, profile);
  return notNull ? undefined : profile.nullable(declared.text);
}

/** Types of Rust that `into()` makes of an absent value, by a null of their own. */
const makesOwnNull: ReadonlySet<string> = new Set(['Value', 'JsonValue']);
