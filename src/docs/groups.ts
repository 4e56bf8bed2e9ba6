import { groupBy } from '../catalog/collections.js';
import { components } from './components.js';
import type { GroupEntry, LinkEntry, ModelEntry } from './page.js';

/** Most models that one diagram shows. */
const mostTogether = 40;
/** Most models of a schema, or with a prefix, that stay one group. */
const mostInGroup = 48;
/** Most models of a group that foreign keys make, and the fewest of any group but that of the others. */
const [mostInCluster, fewest] = [24, 3];

/** A group before it has its address. */
interface Part {
  readonly kind: GroupEntry['kind'];
  readonly name: string;
  readonly models: readonly ModelEntry[];
}

/**
 * Groups of a large schema's models, for people to look at one after the other; none where one diagram shows all. They
 * are the schemas; within a large schema, the prefixes of its tables; and where it has none, models that foreign keys
 * connect closely, named after the one with the most.
 */
export function groupsOf(models: readonly ModelEntry[], links: readonly LinkEntry[]): GroupEntry[] {
  if (models.length <= mostTogether) return [];
  const schemas = [...groupBy(models, ({ schema }) => schema)].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = schemas.flatMap(([schema, members]) => {
    const own =
      members.length > mostInGroup ? split(members, links) : [{ kind: 'schema', name: '', models: members } as const];
    return own.map((part) => ({
      ...part,
      name: nameOf(part.name, schemas.length > 1 || part.name === '' ? schema : ''),
    }));
  });
  return parts.map(({ kind, name, models: members }) => ({ kind, name, models: members.map(({ id }) => id) }));
}

const nameOf = (name: string, schema: string) => [schema, name].filter((part) => part !== '').join(': ');

/** By prefix where most tables share one with others, else by foreign keys. What fits nowhere comes last. */
function split(models: readonly ModelEntry[], links: readonly LinkEntry[]): Part[] {
  const prefixed = prefixes(models);
  const covered = prefixed.reduce((sum, part) => sum + part.models.length, 0);
  const parts = covered * 2 < models.length ? [] : prefixed;
  const grouped = new Set(parts.flatMap((part) => part.models));
  const rest = models.filter((model) => !grouped.has(model));
  const found = [...parts.flatMap((part) => clustersWithin(part, links)), ...clusters(rest, links)];
  return found.sort((a, b) => order(a) - order(b));
}

/** The clusters of a large part. It stays whole if most of its models are in none, so that little would be gained. */
function clustersWithin(part: Part, links: readonly LinkEntry[]): Part[] {
  if (part.models.length <= mostInGroup) return [part];
  const found = clusters(part.models, links);
  const others = found.find(({ kind }) => kind === 'others')?.models.length ?? 0;
  if (others * 2 > part.models.length) return [part];
  return found.map((one) => ({ ...one, name: `${part.name}: ${one.name}` }));
}

const order = ({ kind }: Part) => (kind === 'others' ? 1 : 0);

/**
 * Tables that begin with the same word: `billing_invoice`, `billing_line`. A word that all begin with tells nothing.
 */
function prefixes(models: readonly ModelEntry[]): Part[] {
  const words = models.map(({ table }) => table.split('_'));
  let shared = 0;
  while (words.every((parts) => parts.length > shared + 1 && parts[shared] === words[0]?.[shared])) shared++;
  const byPrefix = groupBy(models, ({ table }) => table.split('_')[shared] ?? '');
  return [...byPrefix]
    .filter(([, members]) => members.length >= fewest)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, members]) => ({ kind: 'prefix', name, models: members }));
}

/**
 * Models that foreign keys connect. They are joined along one key after the other, those between models with few keys
 * first, as long as the cluster stays small: tables that everything refers to come last, and pull nothing together.
 */
function clusters(models: readonly ModelEntry[], links: readonly LinkEntry[]): Part[] {
  const ids = new Set(models.map(({ id }) => id));
  const inner = links.filter(({ child, parent }) => child !== parent && ids.has(child) && ids.has(parent));
  const count = new Map<string, number>();
  for (const { child, parent } of inner) for (const id of [child, parent]) count.set(id, (count.get(id) ?? 0) + 1);
  const keys = (id: string) => count.get(id) ?? 0;
  const byWeight = [...inner].sort((a, b) => keys(a.child) * keys(a.parent) - keys(b.child) * keys(b.parent));
  const sizes = new Clusters(ids);
  const kept = byWeight.filter(({ child, parent }) => sizes.join(child, parent));
  const found = components(
    models,
    kept.map(({ child, parent }) => ({ from: child, to: parent })),
  );
  const others = found.filter(({ length }) => length < fewest).flat();
  return [
    ...found
      .filter(({ length }) => length >= fewest)
      .map((members): Part => ({ kind: 'cluster', name: `Around ${mostLinked(members, keys).name}`, models: members })),
    ...(others.length > 0 ? [{ kind: 'others', name: 'Others', models: others } as const] : []),
  ];
}

function mostLinked(models: readonly ModelEntry[], keys: (id: string) => number): ModelEntry {
  return models.reduce((best, model) => (keys(model.id) > keys(best.id) ? model : best));
}

/** The sizes of clusters that grow together. */
class Clusters {
  readonly #members: Map<string, Set<string>>;

  constructor(ids: Iterable<string>) {
    this.#members = new Map([...ids].map((id) => [id, new Set([id])]));
  }

  /** Joins the clusters of two models, unless the whole would be too large. */
  join(one: string, other: string): boolean {
    const [a, b] = [this.#members.get(one), this.#members.get(other)];
    if (!a || !b || a === b) return a !== undefined && a === b;
    if (a.size + b.size > mostInCluster) return false;
    for (const id of b) {
      a.add(id);
      this.#members.set(id, a);
    }
    return true;
  }
}
