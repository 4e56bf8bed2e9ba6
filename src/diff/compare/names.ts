import type { QualifiedName } from '../../catalog/catalog.js';
import { shownName } from '../../report/shown-name.js';
import type { Change } from '../change.js';
import { type GeneratedName, nameKey } from '../side.js';
import type { Comparison } from './context.js';

/**
 * Compares generated names: one that changes although its thing stays, one that means another thing, and one that goes
 * with something whose own removal breaks nothing.
 */
export function compareNames(comparison: Comparison): Change[] {
  const older = comparison.from.meaning.names.map((name) => translated(comparison, name));
  const newer = comparison.to.meaning.names;
  const [before, owners] = [byKey(older, thingKey), byKey(older, placeKey)];
  const [after, taken] = [byKey(newer, thingKey), byKey(newer, placeKey)];
  const present = new Set(comparison.to.catalog.relations.map(nameKey));
  return [
    ...newer.flatMap((name): Change[] => {
      const earlier = before.get(thingKey(name));
      const owner = owners.get(placeKey(name));
      const isReused = owner !== undefined && !isSameThing(owner, name);
      return [
        ...(earlier && earlier.name !== name.name && !isRenamed(comparison, name)
          ? [{ rule: 'name-changed', ...subjectOf(name), before: earlier.name, after: name.name } as const]
          : []),
        ...(isReused
          ? [
              {
                rule: 'name-reused',
                ...subjectOf(name),
                name: name.name,
                before: shownThing(owner),
                after: shownThing(name),
              } as const,
            ]
          : []),
      ];
    }),
    ...older
      .filter((name) => goesUntold(name) && !after.has(thingKey(name)) && !taken.has(placeKey(name)))
      .filter(({ of, other = of }) => present.has(nameKey(of)) && present.has(nameKey(other)))
      .map((name): Change => ({ rule: 'name-removed', ...subjectOf(name), name: name.name })),
  ];
}

/** The name as the newer side would tell it: tables and columns may have been renamed. */
function translated({ pairs, renamed }: Comparison, name: GeneratedName): GeneratedName {
  const columnsOf = (of: QualifiedName, columns: readonly string[]) => {
    const pair = pairs.find(({ before }) => nameKey(before) === nameKey(of));
    const now = new Map(pair?.columns.map(({ before, after }) => [before.name, after.name]));
    return columns.map((column) => now.get(column) ?? column);
  };
  const { of, columns, other, otherColumns } = name;
  return {
    ...name,
    of: renamed(of),
    ...(columns ? { columns: columnsOf(of, columns) } : {}),
    ...(other ? { other: renamed(other), otherColumns: columnsOf(other, otherColumns ?? []) } : {}),
  };
}

function byKey(names: readonly GeneratedName[], keyOf: (name: GeneratedName) => string): Map<string, GeneratedName> {
  return new Map(names.map((name) => [keyOf(name), name]));
}

/** What tells the thing that a name is of. */
function thingKey({ kind, of, columns, other, otherColumns, detail }: GeneratedName): string {
  return JSON.stringify([kind, nameKey(of), columns, other && nameKey(other), otherColumns, detail]);
}

/** Whether two names are of one thing. A routine with other arguments is the same, which is told on its own. */
function isSameThing(one: GeneratedName, other: GeneratedName): boolean {
  if (one.kind === 'caller') return nameKey(one.of) === nameKey(other.of);
  return thingKey(one) === thingKey(other);
}

/** What tells a name: those of fields and relations are of one table. */
function placeKey({ kind, of, name }: GeneratedName): string {
  return JSON.stringify([kind, kind === 'field' || kind === 'relation' ? nameKey(of) : null, name]);
}

/** Whether the thing itself was renamed, which is told on its own. */
function isRenamed({ pairs, renamed, from }: Comparison, { kind, of, columns = [] }: GeneratedName): boolean {
  if (kind === 'type')
    return from.catalog.enums.some((type) => nameKey(renamed(type)) === nameKey(of) && nameKey(type) !== nameKey(of));
  const pair = pairs.find(({ after }) => nameKey(after) === nameKey(of));
  if (kind !== 'field') return kind !== 'relation' && pair?.renamed !== undefined;
  return pair?.columns.some(({ after, renamed: evidence }) => evidence && columns.includes(after.name)) ?? false;
}

/** Whether a thing can go without a finding that breaks code: a foreign key, a state machine. */
const goesUntold = ({ kind, other }: GeneratedName) => kind === 'relation' || (kind === 'field' && other !== undefined);

function subjectOf({ kind, of, columns, other, detail = '' }: GeneratedName) {
  const { schema, name } = of;
  if (kind === 'type') return { kind, typeName: { schema, name } };
  if (kind === 'caller') return { kind, routine: { schema, name }, signature: `${name}(${detail})` };
  const relation = { schema, name };
  const [column] = columns ?? [];
  return kind === 'field' && !other && column !== undefined ? { kind, relation, column } : { kind, relation };
}

/** The thing that a name is of, for people: `orders.created_at`, `posts.author_id → users`. */
function shownThing({ kind, of, columns = [], other, detail }: GeneratedName): string {
  const place = shownName(of);
  if (kind === 'caller') return `${place}(${detail})`;
  const own = columns.length > 0 ? `${place}.${columns.join(', ')}` : place;
  if (other) return `${own} → ${shownName(other)}`;
  return kind === 'field' && columns.length === 0 ? 'a computed field' : own;
}
