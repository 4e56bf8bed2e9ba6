import type { BoxContent, BoxRow } from './box.js';
import type { DocsPage, LinkEntry, ModelEntry, StoredEntry } from './page.js';
import { count } from './words.js';

/**
 * Most models that the diagram shows with their fields. With more, it shows names only, and every model has a diagram
 * of its neighbours.
 */
const mostDetailed = 40;
/** Most neighbours in a diagram. More would be hard to read, and the list of relations says the same. */
const mostNeighbours = 16;
const [mostStored, mostComputed] = [10, 6];

export function isDetailed({ models }: DocsPage): boolean {
  return models.length <= mostDetailed;
}

/** Boxes of the diagram of all models. */
export function overview(page: DocsPage): BoxContent[] {
  return page.models.map((model) => ({ ...compactBox(model), rows: isDetailed(page) ? rowsOf(model) : [] }));
}

interface Neighbourhood {
  readonly boxes: readonly BoxContent[];
  readonly links: readonly LinkEntry[];
}

/** A model and those that foreign keys connect it with; undefined where there are none or too many. */
export function neighbourhood({ id }: ModelEntry, { models, links }: DocsPage): Neighbourhood | undefined {
  const own = links.filter(({ child, parent }) => child === id || parent === id);
  const ids = new Set(own.flatMap(({ child, parent }) => [child, parent]));
  if (ids.size < 2 || ids.size > mostNeighbours + 1) return undefined;
  return { boxes: models.filter((model) => ids.has(model.id)).map(compactBox), links: own };
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
      stored.map((field) => ({ field: field.name, type: field.type, mark: markOf(field) })),
    ),
    ...atMost(
      mostComputed,
      computed.map(({ name, type, kind }) => ({
        field: name,
        type: kind === 'code' ? 'code' : type,
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
