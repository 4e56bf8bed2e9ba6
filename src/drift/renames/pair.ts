import type { Column } from '../../catalog/catalog.js';
import type { DeclaredField } from '../declared.js';
import type { RenamePair } from '../settings.js';
import type { TypeReader } from '../types/pg.js';
import { sameSort } from '../types/compatible.js';
import type { Profile } from '../types/profile.js';
import { plainName, wordsOf } from '../words.js';
import { assign } from './assign.js';
import { scoreNames } from './score.js';
import type { Vocabulary } from './vocabulary.js';

export interface Rename {
  readonly column: Column;
  readonly field: DeclaredField;
  readonly certainty: 'confirmed' | 'likely' | 'possible';
  /** 0 to 1, two digits; 1 where it is confirmed. */
  readonly score: number;
  readonly reason: string;
}

export interface PairingContext {
  readonly table: string;
  /** Every column and field, for their positions. */
  readonly columns: readonly Column[];
  readonly fields: readonly DeclaredField[];
  readonly profile: Profile;
  readonly readType: TypeReader;
  readonly vocabulary: Vocabulary;
  readonly confirmed: readonly RenamePair[];
  readonly denied: readonly RenamePair[];
}

const likelyFrom = 0.7;
const possibleFrom = 0.58;
/** A rival this near makes a pair a guess. */
const margin = 0.08;

/** Pairs columns without a field with fields without a column. Silence is preferred to a wrong pair. */
export function pairRenames(columns: readonly Column[], fields: readonly DeclaredField[], context: PairingContext): readonly Rename[] {
  const confirmed = fields.flatMap((field) => confirmedPair(columns, field, context) ?? []);
  const freeColumns = columns.filter((column) => !confirmed.some((rename) => rename.column === column));
  const freeFields = fields.filter((field) => !confirmed.some((rename) => rename.field === field));
  return [...confirmed, ...guessPairs(freeColumns, freeFields, context)];
}

/** What the config or an attribute says. */
function confirmedPair(columns: readonly Column[], field: DeclaredField, { table, confirmed }: PairingContext): Rename | undefined {
  const said = confirmed.find((pair) => pair.table === table && plainName(pair.field) === plainName(field.name) && columns.some(({ name }) => name === pair.column));
  const named = columns.find(({ name }) => name === (said?.column ?? field.otherName?.name));
  const by = said?.by ?? field.otherName?.by;
  return named && by !== undefined ? { column: named, field, certainty: 'confirmed', score: 1, reason: `${by} says so` } : undefined;
}

function guessPairs(columns: readonly Column[], fields: readonly DeclaredField[], context: PairingContext): readonly Rename[] {
  if (columns.length === 0 || fields.length === 0) return [];
  const scores = fields.map((field) => columns.map((column) => scorePair(column, field, context)));
  const worth = scores.map((row) => row.map(({ value }) => (value >= possibleFrom ? value : 0)));
  return assign(worth).flatMap((index, row) => {
    const [column, field, score] = [columns[index], fields[row], scores[row]?.[index]];
    if (!column || !field || !score) return [];
    const rivals = [...worth[row]!.filter((_, other) => other !== index), ...worth.flatMap((line, other) => (other === row ? [] : [line[index] ?? 0]))];
    const clear = Math.max(0, ...rivals) < score.value - margin;
    const certainty = score.value >= likelyFrom && clear ? 'likely' : 'possible';
    return [{ column, field, certainty, score: Math.round(score.value * 100) / 100, reason: score.reason }];
  });
}

/** Names decide; nullability and position only add to what names say. */
function scorePair(column: Column, field: DeclaredField, context: PairingContext): { readonly value: number; readonly reason: string } {
  const nothing = { value: 0, reason: '' };
  const { table, profile, readType, vocabulary, denied } = context;
  if (denied.some((pair) => pair.table === table && pair.column === column.name && plainName(pair.field) === plainName(field.name))) return nothing;
  const type = readType(column.type);
  if (!sameSort(type, field.type, profile)) return nothing;
  const about = new Set(wordsOf(table));
  const written = field.column?.name ?? field.name;
  const names = scoreNames({ words: wordsOf(column.name), text: column.name }, { words: wordsOf(written), text: written }, about, vocabulary);
  if (names.value === 0) return nothing;
  const sameNullability = column.notNull !== field.type.nullable;
  const place = 1 - Math.abs(relativePlace(context.columns, column) - relativePlace(context.fields, field));
  const value = Math.min(0.99, names.value + (sameNullability ? 0.03 : 0) + 0.03 * place);
  const others = [`both hold ${type.category}`, ...(sameNullability ? ['the same nullability'] : [])];
  return { value, reason: [names.reason, ...others].join('; ') };
}

function relativePlace<Item>(list: readonly Item[], item: Item): number {
  return list.length < 2 ? 0 : list.indexOf(item) / (list.length - 1);
}
