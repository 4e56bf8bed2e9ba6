/** Groups items by a key, in their order: `[1, 2, 3]` by `n % 2` gives `1: [1, 3]`, `0: [2]`. */
export function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  // Items of one key mostly stand together.
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
 * The properties that are neither null nor undefined, for spreading: `{ comment: null, name: 'a' }` becomes `{ name:
 * 'a' }`. So a fact that is absent leaves no trace in the JSON.
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
 * The items that are not undefined; the list itself where none is. It is not filled item by item, because such a list
 * has room for 16 more, and every key of every table has one.
 */
export function present<Item>(items: readonly (Item | undefined)[]): readonly Item[] {
  return items.includes(undefined) ? items.filter((item) => item !== undefined) : (items as readonly Item[]);
}

/**
 * A type whose properties can be set one by one. There are more columns in a schema than anything else, and an object
 * literal that is spread is made only to be thrown away.
 */
export type Facts<Whole> = { -readonly [Fact in keyof Whole]: Whole[Fact] };

/** A function of a name that remembers its results: many tables have columns of the same names. */
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

/** A function of an object that remembers its results for as long as the object lives. */
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
