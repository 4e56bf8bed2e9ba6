import type { Column } from '../../catalog/catalog.js';
import type { DeclaredField } from '../declared.js';
import { type Draft, placeOfField } from '../finding.js';
import { judgeType, readsWhatFits, recommendedType } from '../types/compatible.js';
import { withParsers } from '../types/parsers.js';
import type { ColumnType } from '../types/pg.js';
import type { Profile } from '../types/profile.js';
import { unlistedLabels } from './enum-values.js';
import type { Context, Doubts, Pairing } from './pairing.js';

/** Findings for types and nullability of every field that has a column, renamed ones too. */
export function typeMismatches(pairing: Pairing, { readType, settings, derived, doubts }: Context): readonly Draft[] {
  const pairs = [...pairing.exact, ...pairing.renames.filter(({ certainty }) => certainty !== 'possible')];
  const scope = { ...pairing, doubts, isDerived: derived.has(pairing.relation) };
  return pairs.flatMap(({ column, field }) => {
    const { makes } = field.type;
    const profile = makes ? withParsers(pairing.profile, { ...makes, ...settings.parsers }) : pairing.profile;
    const drafts = compareField({ ...scope, profile }, column, field, readType(column.type));
    if (pairing.mapped.guessed) return drafts.map(asHint);
    return pairing.model.joined && pairing.model.covers !== 'row' ? drafts.map(asWarning) : drafts;
  });
}

/** A finding about a model whose table is a guess: other code may fill it, from other values. */
function asHint(draft: Draft): Draft {
  const message = `${draft.message} The table is a guess: nothing shows that rows are read into the model.`;
  return draft.severity === 'error' ? { ...asWarning(draft), message } : draft;
}

/** A finding about a model that a join fills too: the rows may be of more than its table. */
function asWarning(draft: Draft): Draft {
  return draft.severity === 'error' ? { ...draft, severity: 'warning' } : draft;
}

/** What a field is compared in: its model, what its column is of, and who reads it. */
interface FieldScope extends Pick<Pairing, 'model' | 'table' | 'profile'> {
  /** Whether a query gives its rows, so that Postgres calls all columns nullable. */
  readonly isDerived: boolean;
  readonly doubts?: Doubts | undefined;
}

type Compared = Pick<Column, 'name' | 'type' | 'notNull' | 'default' | 'identity' | 'generated'>;

/** Findings for the type and the nullability of one field. */
export function compareField(
  scope: FieldScope,
  column: Compared,
  field: DeclaredField,
  type: ColumnType,
): readonly Draft[] {
  return [...compareType(scope, column, field, type), ...compareNullability(scope, column, field, type)];
}

function compareType(scope: FieldScope, column: Compared, field: DeclaredField, type: ColumnType): readonly Draft[] {
  const { model, table, profile, isDerived } = scope;
  const verdict = judgeType(type, field.type, profile);
  const place = placeOf(scope, column, field);
  if (verdict.fits === 'yes') return unlistedLabels(place, field, type);
  if (model.converts && isConverted(type, field)) return [];
  if (verdict.fits === 'unknown') {
    const unknown =
      verdict.side === 'code'
        ? `the type ${field.type.text} of ${model.name}.${field.name} is not known from the given files`
        : `how ${profile.reads} reads ${type.sql} is not known`;
    return [
      {
        rule: 'unknown-type',
        severity: 'info',
        ...place,
        message: `${table}.${column.name} was not compared: ${unknown}.`,
      },
    ];
  }
  const expected = recommendedType(type, field.type.nullable, profile);
  const fits = readsWhatFits(type, field.type, profile);
  const reason = fits
    ? `${profile.reads} fails for a value that does not fit`
    : reasons[verdict.kind](type, profile, expected);
  const message = `${model.name}.${field.name} is ${field.type.text}, ${table}.${column.name} is ${type.sql}: ${reason}.`;
  // What a query counts or adds up has a wide type, of which the values are seldom in need.
  const severity = fits && isDerived ? 'info' : 'error';
  const doubt = profile.name === 'typescript' ? scope.doubts?.get(type.name) : undefined;
  const remark =
    doubt &&
    ` All ${doubt.count} ${type.name} columns are ${doubt.as} here: if a parser makes them so, tell it in drift.parsers.`;
  return [
    {
      rule: 'type-mismatch',
      severity: doubt ? 'warning' : severity,
      ...place,
      kind: verdict.kind,
      message: `${message}${remark ?? ''}`,
      ...(expected === undefined ? {} : { expected, fix: `Declare it as ${expected}` }),
    },
  ];
}

/**
 * Whether Rust's `into()` makes the field's type of the column's: an `i64` of an `i32`, a `String` of a `Uuid`, yet no
 * `Option<i64>`.
 */
function isConverted(column: ColumnType, { type }: DeclaredField): boolean {
  if (column.dimensions > 0 || type.dimensions > 0 || type.nullable) return false;
  if (column.category === 'integer' && type.category === 'integer')
    return /^i\d+$/.test(type.name) && (type.width ?? 0) > (column.width ?? Infinity);
  return convertible[type.name]?.includes(column.category) === true;
}

/** What values each type of Rust is made of by a `From` of its own, by their categories in the database. */
const convertible: Readonly<Record<string, readonly ColumnType['category'][]>> = {
  String: ['uuid'],
  Decimal: ['integer'],
  BigDecimal: ['integer'],
  Value: ['text', 'boolean', 'integer', 'float'],
  JsonValue: ['text', 'boolean', 'integer', 'float'],
};

/** Types of Rust that `into()` makes of an absent value, by a null of their own. */
const makesOwnNull: ReadonlySet<string> = new Set(['Value', 'JsonValue']);

/** What a finding about a field and its column is about. */
const placeOf = ({ table, model }: FieldScope, column: Compared, field: DeclaredField) => ({
  table,
  model,
  column: column.name,
  field: field.name,
  ...placeOfField(field),
});

const reasons = {
  category: (_: ColumnType, { reads }: Profile, expected = 'another type') => `${reads} reads it as ${expected}`,
  width: ({ width }: ColumnType, { reads }: Profile) => `it has ${width} bits, and ${reads} reads no other width`,
  timezone: ({ timezone }: ColumnType, { reads }: Profile, expected = 'another type') =>
    `it is stored ${timezone} time zone, and ${reads} reads that as ${expected}`,
};

/** Compares whether a field and its column can be null. What a query gives is left out: Postgres calls it nullable. */
function compareNullability(
  scope: FieldScope,
  column: Compared,
  field: DeclaredField,
  type: ColumnType,
): readonly Draft[] {
  const { model, table, profile, isDerived } = scope;
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
        message: `${model.name}.${field.name} may be absent (${field.type.text}), ${table}.${column.name} is never null.`,
        ...expected,
      },
    ];
  }
  const { severity, consequence } = model.unread
    ? ({ severity: 'warning', consequence: 'rows are inserted, and no struct is read from it' } as const)
    : costOfNull(column, field, profile);
  return [
    {
      ...place,
      severity,
      kind: 'may-be-null',
      message: `${model.name}.${field.name} is required (${field.type.text}), ${table}.${column.name} may be null: ${consequence}.`,
      ...expected,
    },
  ];
}

/**
 * Who declares a column as nullable inserts null into it, or leaves it out: Diesel gives its default for an absent
 * value.
 */
function costOfAbsence(model: FieldScope['model'], column: Compared): Draft['severity'] {
  const isFilled = [column.default, column.identity, column.generated].some((filler) => filler !== undefined);
  return model.inserts || !isFilled ? 'error' : 'warning';
}

/** What happens where a field is required and its column may be null. */
function costOfNull(
  column: Compared,
  field: DeclaredField,
  profile: Profile,
): { readonly severity: Draft['severity']; readonly consequence: string } {
  const filledBy = field.filledBy ?? clockOf(column, profile);
  if (filledBy !== undefined)
    return { severity: 'info', consequence: `${filledBy} fills it, and only other code can leave it null` };
  return column.generated === undefined
    ? { severity: 'error', consequence: 'reading such a row fails or lies' }
    : { severity: 'warning', consequence: 'no constraint keeps its expression from it' };
}

/** The default of a column that gives each row its time, where null read into a field is no failure. */
function clockOf({ default: byDefault = '' }: Compared, { nullPasses }: Profile): string | undefined {
  const isClock = /^(?:now\(\)|CURRENT_TIMESTAMP|LOCALTIMESTAMP|statement_timestamp\(\)|clock_timestamp\(\))/.test(
    byDefault,
  );
  return nullPasses && isClock ? `its default ${byDefault}` : undefined;
}

/** The remark on a field whose attribute agrees with its column, and whose type leaves null out. */
function hiddenNull(scope: FieldScope, column: Compared, field: DeclaredField): Draft {
  const { model, table, profile } = scope;
  const expected = profile.nullable(field.type.text);
  return {
    rule: 'nullability-mismatch',
    severity: 'info',
    ...placeOf(scope, column, field),
    kind: 'hidden',
    message: `${model.name}.${field.name} is ${field.type.text}, and ${table}.${column.name} may be null, as its decorator says: the type leaves null out.`,
    expected,
    fix: `Declare it as ${expected}`,
  };
}

/**
 * The finding for a field that may be undefined, of a column that may be null: a driver gives null and no undefined.
 */
function neverUndefined(scope: FieldScope, column: Compared, field: DeclaredField): Draft {
  const { model, table, profile } = scope;
  const expected = profile.nullable(field.type.text.replace(/\s*\|\s*undefined\b/g, ''));
  return {
    rule: 'nullability-mismatch',
    severity: 'warning',
    ...placeOf(scope, column, field),
    kind: 'undefined',
    message: `${model.name}.${field.name} may be undefined and not null (${field.type.text}), ${table}.${column.name} may be null: ${profile.reads} gives null.`,
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
