import { groupBy } from '../catalog/collections.js';
import { fieldName, shortHash } from './names.js';

/** The names that a thing could have. All of them come from the thing itself, whatever else the schema has. */
export interface Wish {
  /** The name that the config gives it: it has this one, and no other thing has. */
  readonly given?: string | undefined;
  /** The plain name, then fuller ones. */
  readonly names: readonly string[];
  /** Names that it would have in another schema of the same things: no other thing gets them. */
  readonly reserved?: readonly string[];
  /** What tells it from all others, of which a hash is made where every name is shared. */
  readonly original: string;
  /** Further names that come with a name, and must be free as well: `stateChangedAt` with `state`. */
  readonly with?: (name: string) => readonly string[];
}

/** Rivals for names, and what each of them wishes. */
export type Wishes<Item> = ReadonlyMap<Item, Wish>;

export interface NameRules {
  /** Names that none of the things gets. */
  readonly taken?: Iterable<string>;
  /** Two names are one where this text is the same. */
  readonly sameIf?: (name: string) => string;
}

/**
 * A name of its own for every item: the first of its wishes that no other item has among its own. So two items that
 * share the plain name both have their full ones, and an item that is added takes a name away, but never gives one that
 * was there another meaning. Where all are shared, a hash comes behind the fullest.
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

/** The wishes of each item. They are made once, since a name is spelled by many rules. */
export function wishesOf<Item>(items: readonly Item[], wishOf: (item: Item) => Wish): Wishes<Item> {
  return new Map(items.map((item) => [item, wishOf(item)]));
}

function wishedNames({ given, names, reserved = [] }: Wish): readonly string[] {
  return given === undefined ? [...names, ...reserved] : [given];
}

const itself = (name: string) => name;

/** A name that several items share, and none of them has. */
export interface SharedWish<Item> {
  readonly name: string;
  readonly items: readonly Item[];
  /** Those whose plain name it would be. */
  readonly losers: readonly Item[];
}

/** The plain names that no item has, because several wish them; without those that the config gives to one. */
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
 * A column's name in camelCase, or as it is and `_`: of `created_at` beside `createdAt`, `created_at_` and
 * `createdAt_`.
 */
export function columnWish(column: string, given?: string): Wish {
  return { given, names: [fieldName(column), `${column}_`], original: column };
}
