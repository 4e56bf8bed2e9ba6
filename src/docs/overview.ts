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

/** A model among those that foreign keys connect it with; undefined where it has none or too many. */
export function neighbourhood({ id }: ModelEntry, { models, links }: DocsPage): { boxes: BoxContent[]; links: LinkEntry[] } | undefined {
  const own = links.filter(({ child, parent }) => child === id || parent === id);
  const ids = new Set(own.flatMap(({ child, parent }) => [child, parent]));
  if (ids.size < 2 || ids.size > mostNeighbours + 1) return undefined;
  return { boxes: models.filter((model) => ids.has(model.id)).map(compactBox), links: own };
}

function compactBox({ id, name, stored, computed }: ModelEntry): BoxContent {
  const fields = `${stored.length} stored${computed.length > 0 ? ` and ${computed.length} computed` : ''}`;
  return { id, title: name, label: `${name}, ${fields} ${stored.length + computed.length === 1 ? 'field' : 'fields'}`, rows: [] };
}

function rowsOf({ stored, computed }: ModelEntry): BoxRow[] {
  return [
    ...atMost(mostStored, stored.map((field) => ({ field: field.name, type: field.type, mark: markOf(field) }))),
    ...atMost(mostComputed, computed.map(({ name, type, kind }) => ({ field: name, type: kind === 'code' ? 'code' : type, mark: 'computed' as const }))),
  ];
}

function markOf({ primary, references, generated }: StoredEntry): BoxRow['mark'] {
  if (primary) return 'primary';
  if (references) return 'foreign';
  return generated === undefined ? 'stored' : 'generated';
}

/** Of more rows than fit, keys are kept before others; a last row says how many are left out. */
function atMost(most: number, rows: readonly BoxRow[]): readonly BoxRow[] {
  if (rows.length <= most) return rows;
  const keys = rows.filter(({ mark }) => mark === 'primary' || mark === 'foreign');
  const kept = new Set([...keys, ...rows.filter((row) => !keys.includes(row))].slice(0, most - 1));
  return [...rows.filter((row) => kept.has(row)), { field: `${count(rows.length - kept.size, 'more', 'more')}`, type: '', mark: 'more' }];
}
