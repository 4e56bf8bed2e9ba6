import { groupBy } from '../catalog/collections.js';
import { fieldName, shortHash } from './names.js';

/** The names that an item could have. All of them derive from the item itself and not from the rest of the schema. */
export interface Wish {
  /** The name that the config gives it: the item gets it, and no other item does. */
  readonly given?: string | undefined;
  /** The plain name, then fuller ones. */
  readonly names: readonly string[];
  /** Names that it would have if its schema were the only one: no other item gets them. */
  readonly reserved?: readonly string[];
  /** What distinguishes it from all others. If every name is shared, a hash of this is appended. */
  readonly original: string;
  /** Further names that come with a name and must be free as well: `stateChangedAt` with `state`. */
  readonly with?: (name: string) => readonly string[];
}

/** Rivals for names, and what each of them wishes. */
export type Wishes<Item> = ReadonlyMap<Item, Wish>;

export interface NameRules {
  /** Names that no item gets. */
  readonly taken?: Iterable<string>;
  /** Two names are the same if this text is the same. */
  readonly sameIf?: (name: string) => string;
}

/**
 * Gives every item a name: the first of its wishes that no other item wishes. So two items that share the plain name
 * both get their full ones, and adding an item may take a name away but never gives an existing name another meaning.
 * If all are shared, a hash is appended to the fullest.
 */
export function uniqueNames<Item>(
  wishes: Wishes<Item>,
  { taken = [], sameIf = itself }: NameRules = {},
): Map<Item, string> {
  const all = (wish: Wish, name: string) => (wish.with ? [name, ...wish.with(name)] : [name]).map(sameIf);
  const rivals = new Map<string, number>();
  for (const name of taken) rivals.set(sameIf(name), 1);
  for (const wish of wishes.values()) {
    const keys = new Set(wishedNames(wish).flatMap((name) => all(wish, name)));
    for (const key of keys) rivals.set(key, (rivals.get(key) ?? 0) + 1);
  }
  const names = new Map<Item, string>();
  for (const [item, wish] of wishes) {
    const isFree = (name: string) => all(wish, name).every((key) => rivals.get(key) === 1);
    names.set(item, wish.given ?? wish.names.find(isFree) ?? `${wish.names.at(-1)}_${shortHash(wish.original)}`);
  }
  return names;
}

/** The wishes of each item, computed once because many rules spell a name. */
export function wishesOf<Item>(items: readonly Item[], wishOf: (item: Item) => Wish): Wishes<Item> {
  return new Map(items.map((item) => [item, wishOf(item)]));
}

function wishedNames({ given, names, reserved = [] }: Wish): readonly string[] {
  return given === undefined ? [...names, ...reserved] : [given];
}

const itself = (name: string) => name;

/** A name that several items share, and that none of them gets. */
export interface SharedWish<Item> {
  readonly name: string;
  readonly items: readonly Item[];
  /** The items whose plain name it would be. */
  readonly losers: readonly Item[];
}

/** The plain names that no item gets because several wish them, except those that the config gives to one. */
export function sharedWishes<Item>(
  names: ReadonlyMap<Item, string>,
  wishes: Wishes<Item>,
  sameIf = itself,
): SharedWish<Item>[] {
  const all = [...wishes];
  const losers = all.filter(([item, wish]) => wish.given === undefined && names.get(item) !== wish.names[0]);
  return [
    ...groupBy(
      losers,
      ([
        ,
        {
          names: [plain = ''],
        },
      ]) => sameIf(plain),
    ),
  ].flatMap(([key, group]) => {
    const rivals = all.filter(([, wish]) => wishedNames(wish).some((name) => sameIf(name) === key));
    if (rivals.some(([, { given }]) => given !== undefined)) return [];
    const name = group[0]?.[1].names[0] ?? '';
    return [{ name, items: rivals.map(([item]) => item), losers: group.map(([item]) => item) }];
  });
}

/**
 * A column's name in camelCase, or unchanged with `_` appended: if `created_at` and `createdAt` both exist, they are
 * `created_at_` and `createdAt_`.
 */
export function columnWish(column: string, given?: string): Wish {
  return { given, names: [fieldName(column), `${column}_`], original: column };
}
