import type { Catalog, Relation } from '../catalog/catalog.js';
import { homeSchema, relationKey } from '../catalog/home-schema.js';

/** A name that several relations, or several fields of one relation, could have: each gets its full name instead. */
export interface SharedName {
  readonly name: string;
  /** Those that share it, as people know them, with the name that each has instead. */
  readonly things: readonly { readonly thing: string; readonly called: string }[];
  /** The key of a table in the config's `models`, and the entry that assigns the name to one of them. */
  readonly table: string;
  readonly entry: MergedEntry;
}

/** The key of a relation in the config's `models`: with its schema if another relation has the same name. */
export function configKey({ relations }: Pick<Catalog, 'relations'>, { schema, name }: Relation): string {
  const isAlone = relations.filter((relation) => relation.name === name).length === 1;
  return isAlone ? name : `${schema}.${name}`;
}

/** One note about all shared names, with the config that assigns each to one of its rivals. */
export function sharedNamesNote(shared: readonly SharedName[]): string[] {
  if (shared.length === 0) return [];
  const listed = shared.map(({ name, things }) => {
    const members = things.map(({ thing, called }) => `${thing} (${called})`);
    return `${name} of ${members.slice(0, -1).join(', ')} and ${members.at(-1)}`;
  });
  return [
    `Where several things share a name, each gets a longer one: ${listed.join('; ')}. To give the short name to one of them: models: ${spellEntries(mergedEntries(shared))}`,
  ];
}

/** The entries that assign shared names, by the key of the table. */
export function mergedEntries(shared: readonly SharedName[]): ReadonlyMap<string, MergedEntry> {
  const merged = new Map<string, MergedEntry>();
  for (const { table, entry } of shared) {
    const { alias, ...before } = merged.get(table) ?? {};
    const { alias: more, ...own } = entry;
    merged.set(table, { ...before, ...own, ...(alias || more ? { alias: { ...alias, ...more } } : {}) });
  }
  return merged;
}

/** What an entry of the config says about names. */
export interface MergedEntry {
  readonly name?: string;
  readonly plural?: string;
  readonly alias?: { readonly [column: string]: string };
}

/** `{ plans: { name: 'Plan', alias: { created_at: 'createdAt' } } }` */
function spellEntries(entries: ReadonlyMap<string, MergedEntry>): string {
  return spellObject([...entries].map(([table, entry]) => [table, spellValue(entry)]));
}

function spellValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `'${String(value).replace(/['\\]/g, '\\$&')}'`;
  return spellObject(Object.entries(value).map(([key, inner]) => [key, spellValue(inner)]));
}

function spellObject(entries: readonly (readonly [key: string, value: string])[]): string {
  const spelled = entries.map(([key, value]) => `${/^[A-Za-z_]\w*$/.test(key) ? key : spellValue(key)}: ${value}`);
  return `{ ${spelled.join(', ')} }`;
}

/** A relation as people know it. */
export function shownRelation(catalog: Catalog, relation: Relation): string {
  return relationKey(relation, homeSchema(catalog));
}
