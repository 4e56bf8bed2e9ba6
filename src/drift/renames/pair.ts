import type { Column } from '../../catalog/catalog.js';
import type { DeclaredField } from '../declared.js';
import { groupBy } from '../group.js';
import type { RenamePair } from '../settings.js';
import { sameSort } from '../types/compatible.js';
import type { TypeReader } from '../types/pg.js';
import type { Profile } from '../types/profile.js';
import { plainName, wordsOf } from '../words.js';
import { bestEdges, type Edge } from './best-edges.js';
import { relatedPairs } from './related.js';
import { type Name, type Score, scoreNames } from './score.js';
import type { Vocabulary } from './vocabulary.js';

export interface Rename {
  readonly column: Column;
  readonly field: DeclaredField;
  readonly certainty: 'confirmed' | 'likely' | 'possible';
  /** How likely the rename is, from 0 to 1 with two digits; 1 where it is confirmed. */
  readonly score: number;
  readonly reason: string;
}

export interface PairingContext {
  readonly table: string;
  /** All columns and fields, for the positions of the unpaired ones. */
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
/** A pair is a guess where another pair scores within this distance. */
const margin = 0.08;

/** Pairs columns without a field with fields without a column. No pair is better than a wrong one. */
export function pairRenames(
  columns: readonly Column[],
  fields: readonly DeclaredField[],
  context: PairingContext,
): readonly Rename[] {
  const named = new Map([...columns].reverse().map((column) => [column.name, column]));
  const confirmed = fields.flatMap((field) => confirmedPair(named, field, context) ?? []);
  const taken = new Set<Column | DeclaredField>(confirmed.flatMap(({ column, field }) => [column, field]));
  const freeColumns = columns.filter((column) => !taken.has(column));
  const freeFields = fields.filter((field) => !taken.has(field));
  return [...confirmed, ...guessPairs(freeColumns, freeFields, context)];
}

/** The pair that the config or an attribute confirms. */
function confirmedPair(
  named: ReadonlyMap<string, Column>,
  field: DeclaredField,
  { table, confirmed }: PairingContext,
): Rename | undefined {
  const said = confirmed.find(
    (pair) => pair.table === table && plainName(pair.field) === plainName(field.name) && named.has(pair.column),
  );
  const column = named.get(said?.column ?? field.otherName?.name ?? '');
  const by = said?.by ?? field.otherName?.by;
  return column && by !== undefined
    ? { column, field, certainty: 'confirmed', score: 1, reason: `${by} says so` }
    : undefined;
}

function guessPairs(
  columns: readonly Column[],
  fields: readonly DeclaredField[],
  context: PairingContext,
): readonly Rename[] {
  const edges = scorePairs(columns, fields, context);
  const ofField = groupBy(edges, ({ row }) => row);
  const ofColumn = groupBy(edges, ({ column }) => column);
  return bestEdges(edges).flatMap((edge): Rename[] => {
    const [column, field] = [columns[edge.column], fields[edge.row]];
    if (!column || !field) return [];
    const isClear = [ofField.get(edge.row), ofColumn.get(edge.column)].every((rivals = []) =>
      rivals.every((rival) => rival === edge || rival.value < edge.value - margin),
    );
    const certainty = edge.value >= likelyFrom && isClear ? 'likely' : 'possible';
    return [{ column, field, certainty, score: Math.round(edge.value * 100) / 100, reason: edge.reason }];
  });
}

interface Scored extends Edge {
  readonly reason: string;
}

/** A column or a field with its name's words, and how far down its table or model it stands, from 0 to 1. */
interface Named<Item> extends Name {
  readonly item: Item;
  readonly place: number;
}

/** The pairs that may be renames, of fields (rows) and columns. */
function scorePairs(
  columns: readonly Column[],
  fields: readonly DeclaredField[],
  context: PairingContext,
): readonly Scored[] {
  const places = placesOf<Column | DeclaredField>(context.columns, context.fields);
  const name = <Item extends Column | DeclaredField>(item: Item, text: string): Named<Item> => ({
    item,
    text,
    words: wordsOf(text),
    place: places.get(item) ?? 0,
  });
  const [left, right] = [
    fields.map((field) => name(field, field.column?.name ?? field.name)),
    columns.map((column) => name(column, column.name)),
  ];
  const about = new Set(wordsOf(context.table));
  return relatedPairs(left, right, context.vocabulary).flatMap(([row, column]): Scored[] => {
    const [field, candidate] = [left[row], right[column]];
    const score = field && candidate && scorePair(candidate, field, about, context);
    return score && score.value >= possibleFrom ? [{ row, column, ...score }] : [];
  });
}

/** Scores a pair. Names decide; nullability and position only add to the score. */
function scorePair(
  column: Named<Column>,
  field: Named<DeclaredField>,
  about: ReadonlySet<string>,
  context: PairingContext,
): Score | undefined {
  const { table, profile, readType, vocabulary, denied } = context;
  const { name, type: declared } = field.item;
  if (
    denied.some(
      (pair) => pair.table === table && pair.column === column.item.name && plainName(pair.field) === plainName(name),
    )
  )
    return undefined;
  const type = readType(column.item.type);
  if (!sameSort(type, declared, profile)) return undefined;
  const names = scoreNames(column, field, about, vocabulary);
  if (names.value === 0) return undefined;
  const sameNullability = column.item.notNull !== declared.nullable;
  const place = 1 - Math.abs(column.place - field.place);
  const value = Math.min(0.99, names.value + (sameNullability ? 0.03 : 0) + 0.03 * place);
  const others = [`both hold ${type.category}`, ...(sameNullability ? ['the same nullability'] : [])];
  return { value, reason: [names.reason, ...others].join('; ') };
}

function placesOf<Item>(...lists: readonly (readonly Item[])[]): ReadonlyMap<Item, number> {
  const places = new Map<Item, number>();
  for (const list of lists) {
    list.forEach(
      (item, index) => !places.has(item) && places.set(item, list.length < 2 ? 0 : index / (list.length - 1)),
    );
  }
  return places;
}
