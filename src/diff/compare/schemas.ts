import type { Change } from '../change.js';
import { between, match, type Comparison } from './context.js';

export function compareSchemas({ from, to }: Comparison): Change[] {
  const { removed, added, paired } = match(from.catalog.schemas, to.catalog.schemas, ({ name }) => name);
  return [
    ...paired.flatMap(([old, now]): Change[] => {
      const comment = between(old.comment, now.comment);
      return comment ? [{ rule: 'schema-comment', schema: now.name, ...comment }] : [];
    }),
    ...added.map(({ name }): Change => ({ rule: 'schema-added', schema: name })),
    ...removed.map(({ name }): Change => ({ rule: 'schema-removed', schema: name })),
  ];
}
