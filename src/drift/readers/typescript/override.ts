import type { Member } from './shape.js';

/** Members of all lists together; where two lists have a name, the later one wins. */
export function override(lists: readonly (readonly Member[])[]): readonly Member[] {
  const taken = new Set<string>();
  const left = [...lists].reverse().map((list) => {
    const members = list.filter(({ name }) => !taken.has(name));
    for (const { name } of list) taken.add(name);
    return members;
  });
  return left.reverse().flat();
}
