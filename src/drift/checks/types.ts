import type { DeclaredField } from '../declared.js';
import { type Draft, shownField } from '../finding.js';
import { judgeType, readsWhatFits, recommendedType } from '../types/compatible.js';
import { withParsers } from '../types/parsers.js';
import type { ColumnType } from '../types/pg.js';
import type { Profile } from '../types/profile.js';
import { unlistedLabels } from './enum-values.js';
import { type Compared, type FieldScope, placeOf, shownColumn } from './field-scope.js';
import { compareNullability } from './nullability.js';
import type { Context, Pairing } from './pairing.js';

/** Findings for types and nullability of every field that has a column, renamed ones too. */
export function typeMismatches(pairing: Pairing, context: Context): readonly Draft[] {
  const { readType, settings, derived, doubts, nulled } = context;
  const pairs = [...pairing.exact, ...pairing.renames.filter(({ certainty }) => certainty !== 'possible')];
  const scope = { ...pairing, doubts, nulled, isDerived: derived.has(pairing.relation) };
  return pairs.flatMap(({ column, field }) => {
    const { makes } = field.type;
    const profile = makes ? withParsers(pairing.profile, { ...makes, ...settings.parsers }) : pairing.profile;
    const drafts = compareField({ ...scope, profile }, column, field, readType(column.type));
    if (pairing.mapped.guessed) return drafts.map(asHint);
    // A join fills the model, so that the value may come from another table.
    return pairing.model.joined && pairing.model.covers !== 'row' ? drafts.map(asWarning) : drafts;
  });
}

/** The same finding as a warning at most, which says that the table is a guess: other code may fill the model. */
function asHint(draft: Draft): Draft {
  const message = `${draft.message} The table is a guess: nothing shows that rows are read into the model.`;
  return draft.severity === 'error' ? { ...asWarning(draft), message } : draft;
}

/** The same finding as a warning at most. */
export function asWarning(draft: Draft): Draft {
  return draft.severity === 'error' ? { ...draft, severity: 'warning' } : draft;
}

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
  const { model, profile, isDerived } = scope;
  const verdict = judgeType(type, field.type, profile);
  const place = placeOf(scope, column, field);
  if (verdict.fits === 'yes') return unlistedLabels(place, field, type);
  if (model.converts && isConverted(type, field)) return [];
  if (verdict.fits === 'unknown') {
    const unknown =
      verdict.side === 'code'
        ? `the type ${field.type.text} of ${shownField(model, field)} is not known from the given files`
        : `how ${profile.reads} reads ${type.sql} is not known`;
    return [
      {
        rule: 'unknown-type',
        severity: 'info',
        ...place,
        message: `${shownColumn(scope, column)} was not compared: ${unknown}.`,
      },
    ];
  }
  const expected = recommendedType(type, field.type.nullable, profile);
  // A `table!` may have a type of the project's own, of which the field's type is what the library gives.
  if (expected === field.type.text) return [];
  const fits = readsWhatFits(type, field.type, profile);
  const reason = fits
    ? `${profile.reads} fails for a value that does not fit`
    : reasons[verdict.kind](type, profile, expected, field.type.width);
  const message = `${shownField(model, field)} is ${field.type.text}, ${shownColumn(scope, column)} is ${type.sql}: ${reason}.`;
  // `count` and `sum` give a wide type, which their values seldom need.
  const severity = fits && isDerived ? 'info' : 'error';
  const doubt = profile.name === 'typescript' ? scope.doubts?.get(type.name) : undefined;
  const remark =
    doubt &&
    ` All ${doubt.count} ${type.name} columns are ${doubt.as} here: if a parser makes them so, declare it in drift.parsers.`;
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

/** The values that a type of Rust can be made from with `From`, by their categories in the database. */
const convertible: Readonly<Record<string, readonly ColumnType['category'][]>> = {
  String: ['uuid'],
  Decimal: ['integer'],
  BigDecimal: ['integer'],
  Value: ['text', 'boolean', 'integer', 'float'],
  JsonValue: ['text', 'boolean', 'integer', 'float'],
};

const reasons = {
  category: (_: ColumnType, { reads }: Profile, expected = 'another type') => `${reads} reads it as ${expected}`,
  width: ({ width }: ColumnType, { reads }: Profile, expected = 'another type', declared?: number) =>
    declared === width
      ? `${reads} reads integers with a sign from it, as ${expected}`
      : `it has ${width} bits, and ${reads} reads no other width`,
  timezone: ({ timezone }: ColumnType, { reads }: Profile, expected = 'another type') =>
    `it is stored ${timezone} time zone, and ${reads} reads that as ${expected}`,
};
