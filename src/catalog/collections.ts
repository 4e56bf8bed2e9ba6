/** Groups items by a key, in their order: `[1, 2, 3]` by `n % 2` gives `1: [1, 3]`, `0: [2]`. */
export function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  // Items with the same key are mostly adjacent.
  let last: { readonly key: Key; readonly group: Item[] } | undefined;
  for (const item of items) {
    const key = keyOf(item);
    if (last === undefined || key !== last.key) {
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      last = { key, group };
    }
    last.group.push(item);
  }
  return groups;
}

type Present<Facts> = { [Key in keyof Facts]?: Exclude<Facts[Key], null | undefined> };

/**
 * The properties that are neither null nor undefined, for spreading: `{ comment: null, name: 'a' }` becomes
 * `{ name: 'a' }`. An absent fact thus leaves no trace in the JSON.
 */
export function optional<Facts extends object>(facts: Facts): Present<Facts> {
  const present: Record<string, unknown> = {};
  for (const key in facts) {
    const value = facts[key];
    if (value !== null && value !== undefined) present[key] = value;
  }
  return present as Present<Facts>;
}

/**
 * The items that are not undefined, or the list itself if none is. It is not built item by item, because such a list
 * reserves room for 16 more, and every key of every table has one.
 */
export function present<Item>(items: readonly (Item | undefined)[]): readonly Item[] {
  return items.includes(undefined) ? items.filter((item) => item !== undefined) : (items as readonly Item[]);
}

/**
 * A type whose properties can be assigned one by one. A schema has more columns than anything else, and an object
 * literal for spreading would be created only to be discarded.
 */
export type Facts<Whole> = { -readonly [Fact in keyof Whole]: Whole[Fact] };

/** Memoizes a function of a name: many tables have columns with the same names. */
export function onceForEachName(make: (name: string) => string): (name: string) => string {
  const made = new Map<string, string>();
  return (name) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const value = make(name);
    made.set(name, value);
    return value;
  };
}

/** Memoizes a function of an object, for as long as the object lives. */
export function onceForEach<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const known = made.get(key);
    if (known) return known.value;
    const value = make(key);
    made.set(key, { value });
    return value;
  };
}
