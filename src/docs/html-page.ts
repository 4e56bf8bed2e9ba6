import { createHash } from 'node:crypto';
import { groupBy } from '../catalog/collections.js';
import type { Render } from '../emit/render.js';
import { counting, type OnProgress } from '../progress.js';
import { boxOf } from './box.js';
import { drawDiagram, linesOf } from './diagram.js';
import { escapeHtml, Markup } from './html.js';
import { diagramContext } from './html-diagram.js';
import { findingContext, modelContext } from './html-model.js';
import { queryContext } from './html-query.js';
import { groupAddress, groupDiagram, overview } from './overview.js';
import type { DocsPage, FindingEntry, GroupEntry, LinkEntry, ModelEntry } from './page.js';
import type { Line } from './place.js';
import { count, summary } from './words.js';

/**
 * The page as one HTML file that contains its style and script. Its policy forbids it to load anything.
 */
export function htmlPage(page: DocsPage, render: Render, onProgress: OnProgress = () => {}): string {
  const { title, models, enums, queries, drift } = page;
  const drawn = drawDiagrams(page, onProgress);
  onProgress({ stage: 'render' });
  const script = render('docs.js', {});
  const context = {
    title,
    policy: contentPolicy(script),
    style: new Markup(render('docs.css', {})),
    script: new Markup(script),
    summary: summary(page),
    ...menu(page),
    hasDiagram: models.length > 0,
    ...drawn,
    hasQueries: queries.length > 0,
    queries: queries.map(queryContext),
    hasEnums: enums.length > 0,
    enums: enums.map(({ comment, ...all }) => ({ ...all, comment: comment ?? '', hasComment: comment !== undefined })),
    hasDrift: drift !== undefined,
    driftSummary: drift ? driftSummary(page) : '',
    drifting: models
      .filter(({ findings }) => findings.length > 0)
      .map(({ id, name, findings }) => ({ id, name, findings: count(findings.length, 'finding') })),
    hasElsewhere: (drift?.elsewhere.length ?? 0) > 0,
    elsewhere: (drift?.elsewhere ?? []).map(findingContext),
  };
  return render('docs.html', escapeHtml(context));
}

/** The menu of the page: all models by group, or by schema where there are no groups. */
function menu({ models, groups }: DocsPage) {
  const byId = new Map(models.map((model) => [model.id, model]));
  const sections =
    groups.length > 0
      ? groups.map(({ name, models: ids }) => ({ name, models: ids.flatMap((id) => byId.get(id) ?? []) }))
      : [...groupBy(models, ({ schema }) => schema)].map(([name, members]) => ({ name, models: members }));
  return {
    severalSections: sections.length > 1,
    sections: sections.map(({ name, models: members }) => ({ name, models: members.map(menuEntry) })),
  };
}

/** Entry of a model in the menu of the page. */
function menuEntry({ id, name, schema, table, findings }: ModelEntry) {
  return {
    id,
    // A long name breaks between its words.
    words: name.split(/(?<=[\p{Ll}\d])(?=\p{Lu})/u),
    tableWords: (schema === 'public' ? table : `${schema}.${table}`).split(/(?<=[_.])/),
    drifts: findings.length > 0,
    findings: String(findings.length),
    severity: findings[0]?.severity ?? '',
    findingsLabel: count(findings.length, 'drift finding'),
  };
}

/**
 * Draws the diagrams of each model and of each group, then that of all models. The last one tells no progress while it
 * is laid out, and by then a progress bar is on the screen.
 */
function drawDiagrams(page: DocsPage, onProgress: OnProgress) {
  const { models, groups } = page;
  const all = overview(page);
  const links = groupBy(linesOf(all.boxes.map(boxOf), all.links), ({ from }) => from);
  const drawn = counting('layout', models.length + 1, onProgress);
  const contexts = new Map(
    models.map((model) => {
      const context = modelContext(model, page, scriptLinks(links.get(model.id) ?? []));
      drawn();
      return [model.id, context];
    }),
  );
  const chapter = (ids: readonly string[]) => ids.flatMap((id) => contexts.get(id) ?? []);
  return {
    hasGroups: groups.length > 0,
    groups: groups.map((group) => ({ id: groupAddress(group), name: group.name, count: String(group.models.length) })),
    chapters:
      groups.length > 0
        ? groups.map((group) => ({ ...groupContext(group, page), isGroup: true, models: chapter(group.models) }))
        : [{ isGroup: false, models: chapter(models.map(({ id }) => id)) }],
    diagram:
      groups.length > 0
        ? {}
        : diagramContext(drawDiagram(all.boxes, all.links), `Foreign keys between ${count(models.length, 'model')}`),
  };
}

/** A group of models: its diagram, and the other groups that foreign keys connect it with. */
function groupContext(group: GroupEntry, page: DocsPage) {
  const { boxes, links } = groupDiagram(group, page);
  const to = otherGroups(group, page, ({ child, parent }) => [child, parent]);
  const from = otherGroups(group, page, ({ child, parent }) => [parent, child]);
  return {
    id: groupAddress(group),
    name: group.name,
    count: count(group.models.length, 'model'),
    hasReferences: to.length > 0,
    references: to,
    hasReferrers: from.length > 0,
    referrers: from,
    diagram: diagramContext(drawDiagram(boxes, links), `Foreign keys between the models of ${group.name}`),
  };
}

/** The groups at the other end of a group's foreign keys, those with the most keys first. */
function otherGroups(
  { models }: GroupEntry,
  { groups, links }: DocsPage,
  ends: (link: LinkEntry) => readonly [own: string, other: string],
) {
  const own = new Set(models);
  const others = links.map(ends).flatMap(([from, to]) => (own.has(from) && !own.has(to) ? [to] : []));
  return groups
    .map((group) => {
      const members = new Set(group.models);
      return { id: groupAddress(group), name: group.name, keys: others.filter((id) => members.has(id)).length };
    })
    .filter(({ keys }) => keys > 0)
    .sort((a, b) => b.keys - a.keys)
    .map(({ keys, ...other }) => ({ ...other, keys: String(keys) }));
}

/** Foreign keys of a model as its article has them for the page's script: `task 95 45 1 0;named-task 116 45 1 0`. */
function scriptLinks(lines: readonly Line[]): string {
  return lines
    .map(({ to, fromY, toY, many, optional }) => `${to} ${fromY} ${toY} ${Number(many)} ${Number(optional)}`)
    .join(';');
}

/**
 * Content security policy of the page: it loads and sends nothing, and runs this script only.
 * https://www.w3.org/TR/CSP3/
 */
function contentPolicy(script: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  return `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
}

function driftSummary({ models, drift }: DocsPage): string {
  const all = [...models.flatMap(({ findings }) => findings), ...(drift?.elsewhere ?? [])];
  if (all.length === 0) return 'The hand-written models match the schema.';
  const of = (severity: FindingEntry['severity'], word: string) => {
    const found = all.filter((finding) => finding.severity === severity).length;
    return found === 0 ? [] : [count(found, word)];
  };
  return `The hand-written models differ from the schema: ${[...of('error', 'error'), ...of('warning', 'warning'), ...of('info', 'note')].join(', ')}.`;
}
