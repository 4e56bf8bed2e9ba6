import type { BoxContent, BoxRow } from './box.js';
import { fragment } from './html.js';
import type { DocsPage, GroupEntry, LinkEntry, ModelEntry, StoredEntry } from './page.js';
import { shortSqlType } from './shown-type.js';
import { count } from './words.js';

/** Most neighbours that a diagram shows one by one. Of more, those of other groups are one box for each group. */
const mostNeighbours = 12;
const [mostStored, mostComputed] = [10, 6];

/** Boxes and the foreign keys between them, to be drawn. */
export interface Excerpt {
  readonly boxes: readonly BoxContent[];
  readonly links: readonly LinkEntry[];
}

/** All models: those of a small schema with their fields. */
export function overview({ models, links, groups }: DocsPage): Excerpt {
  return {
    boxes: models.map((model) => ({ ...compactBox(model), rows: groups.length > 0 ? [] : rowsOf(model) })),
    links,
  };
}

/** The models of a group, and the foreign keys between them. */
export function groupDiagram(group: GroupEntry, { models, links }: DocsPage): Excerpt {
  const own = new Set(group.models);
  return { boxes: models.filter(({ id }) => own.has(id)).map(compactBox), links };
}

/** A model of a large schema, and those that foreign keys connect it with; undefined where there are none. */
export function neighbourhood({ id }: ModelEntry, page: DocsPage): Excerpt | undefined {
  if (page.groups.length === 0) return undefined;
  const links = page.links.filter(({ child, parent }) => child === id || parent === id);
  const near = new Set(links.flatMap(({ child, parent }) => [child, parent]));
  if (near.size < 2) return undefined;
  const boxes = page.models.filter((model) => near.has(model.id)).map(compactBox);
  return near.size <= mostNeighbours + 1 ? { boxes, links } : collapsed(id, { boxes, links }, page.groups);
}

/** The same, with the models of each other group as one box, where it has several. */
function collapsed(centre: string, { boxes, links }: Excerpt, groups: readonly GroupEntry[]): Excerpt {
  const near = new Set(boxes.map(({ id }) => id));
  const boxOf = new Map<string, BoxContent>();
  for (const group of groups) {
    const members = group.models.filter((id) => near.has(id));
    if (members.length < 2 || group.models.includes(centre)) continue;
    const label = `${count(members.length, 'model')} of ${group.name}`;
    for (const id of members) boxOf.set(id, { id: groupAddress(group), title: label, label, rows: [] });
  }
  const kept = new Map<string, LinkEntry>();
  for (const link of links) {
    const [child, parent] = [boxOf.get(link.child)?.id ?? link.child, boxOf.get(link.parent)?.id ?? link.parent];
    kept.set(`${child} ${parent} ${child === link.child && parent === link.parent ? link.childField : ''}`, {
      ...link,
      child,
      parent,
    });
  }
  const shown = new Map(boxes.map((box) => boxOf.get(box.id) ?? box).map((box) => [box.id, box]));
  return { boxes: [...shown.values()], links: [...kept.values()] };
}

/** Address of a group within the page. */
export function groupAddress({ kind, name }: GroupEntry): string {
  return `@${kind}.${fragment(name)}`;
}

function compactBox({ id, name, stored, computed }: ModelEntry): BoxContent {
  const alsoComputed = computed.length > 0 ? ` and ${computed.length} computed` : '';
  const fields = stored.length + computed.length === 1 ? 'field' : 'fields';
  return { id, title: name, label: `${name}, ${stored.length} stored${alsoComputed} ${fields}`, rows: [] };
}

function rowsOf({ stored, computed }: ModelEntry): BoxRow[] {
  return [
    ...atMost(
      mostStored,
      stored.map((field) => ({ field: field.name, type: shortSqlType(field.sqlType), mark: markOf(field) })),
    ),
    ...atMost(
      mostComputed,
      computed.map(({ name, sqlType, kind }) => ({
        field: name,
        type: sqlType === undefined ? kind : shortSqlType(sqlType),
        mark: 'computed' as const,
      })),
    ),
  ];
}

function markOf({ primary, references, generated }: StoredEntry): BoxRow['mark'] {
  if (primary) return 'primary';
  if (references) return 'foreign';
  return generated === undefined ? 'stored' : 'generated';
}

/**
 * At most so many rows. Where some are left out, keys stay before others, and the last row says how many are missing.
 */
function atMost(most: number, rows: readonly BoxRow[]): readonly BoxRow[] {
  if (rows.length <= most) return rows;
  const keys = rows.filter(({ mark }) => mark === 'primary' || mark === 'foreign');
  const others = rows.filter((row) => !keys.includes(row));
  const shown = new Set([...keys, ...others].slice(0, most - 1));
  const leftOut = count(rows.length - shown.size, 'more', 'more');
  return [...rows.filter((row) => shown.has(row)), { field: leftOut, type: '', mark: 'more' }];
}
