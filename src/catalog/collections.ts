/** The items of each key, in their order. */
export function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  // Items of one key mostly stand together.
  let last: { readonly key: Key; readonly group: Item[] } | undefined;
  for (const item of items) {
    const key = keyOf(item);
    if (last === undefined || key !== last.key) {
      let group = groups.get(key);
      if (!group) groups.set(key, (group = []));
      last = { key, group };
    }
    last.group.push(item);
  }
  return groups;
}

type Present<Facts> = { [Key in keyof Facts]?: Exclude<Facts[Key], null | undefined> };

/** The properties that are neither null nor undefined, for spreading: an absent fact leaves no trace in the JSON. */
export function optional<Facts extends object>(facts: Facts): Present<Facts> {
  const present: Record<string, unknown> = {};
  for (const key in facts) {
    const value = facts[key];
    if (value !== null && value !== undefined) present[key] = value;
  }
  return present as Present<Facts>;
}

/**
 * The items that are there; the list itself where all are. A list that is filled item by item keeps room for 16 more,
 * and every key of every table has one.
 */
export function present<Item>(items: readonly (Item | undefined)[]): readonly Item[] {
  return items.includes(undefined) ? items.filter((item) => item !== undefined) : (items as readonly Item[]);
}

/**
 * What is filled in fact by fact: a schema has more columns than anything else, and each literal that is spread is made
 * and thrown away.
 */
export type Facts<Whole> = { -readonly [Fact in keyof Whole]: Whole[Fact] };

/** What is made of a name, made once for each: tables have columns of the same names. */
export function onceForEachName(make: (name: string) => string): (name: string) => string {
  const made = new Map<string, string>();
  return (name) => {
    let known = made.get(name);
    if (known === undefined) made.set(name, (known = make(name)));
    return known;
  };
}

/** What is made of an object, made once for each. */
export function onceForEach<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    let known = made.get(key);
    if (!known) made.set(key, (known = { value: make(key) }));
    return known.value;
  };
}
