import type { BoxContent, BoxRow } from './box.js';
import type { DocsPage, LinkEntry, ModelEntry, StoredEntry } from './page.js';
import { count } from './words.js';

/** With more models than these the diagram shows their names only, and every model has a diagram of its neighbours. */
const mostDetailed = 40;
/** A diagram of more neighbours is no help: the list of relations says the same. */
const mostNeighbours = 16;
const [mostStored, mostComputed] = [10, 6];

export function isDetailed({ models }: DocsPage): boolean {
  return models.length <= mostDetailed;
}

/** The boxes of the diagram of everything. */
export function overview(page: DocsPage): BoxContent[] {
  return page.models.map((model) => ({ ...compactBox(model), rows: isDetailed(page) ? rowsOf(model) : [] }));
}

interface Neighbourhood {
  readonly boxes: readonly BoxContent[];
  readonly links: readonly LinkEntry[];
}

/** A model among those that foreign keys connect it with; undefined where it has none or too many. */
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

/** The rows, where they fit; else some of them, keys before others, and a last row that says how many are left out. */
function atMost(most: number, rows: readonly BoxRow[]): readonly BoxRow[] {
  if (rows.length <= most) return rows;
  const keys = rows.filter(({ mark }) => mark === 'primary' || mark === 'foreign');
  const others = rows.filter((row) => !keys.includes(row));
  const shown = new Set([...keys, ...others].slice(0, most - 1));
  const leftOut = count(rows.length - shown.size, 'more', 'more');
  return [...rows.filter((row) => shown.has(row)), { field: leftOut, type: '', mark: 'more' }];
}
