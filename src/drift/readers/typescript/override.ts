import type { Member } from './shape.js';

/** The members of all lists, but those whose name a later list has as well. */
export function override(lists: readonly (readonly Member[])[]): readonly Member[] {
  const taken = new Set<string>();
  const left = [...lists].reverse().map((list) => {
    const members = list.filter(({ name }) => !taken.has(name));
    for (const { name } of list) taken.add(name);
    return members;
  });
  return left.reverse().flat();
}
