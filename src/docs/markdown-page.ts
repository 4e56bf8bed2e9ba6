import type { Render } from '../emit/render.js';
import { code, prose, table } from '../report/markdown.js';
import { finding, modelBlocks } from './markdown-model.js';
import { queryBlock } from './markdown-query.js';
import { entityDiagram } from './mermaid.js';
import type { ComputedEntry, DocsPage, EnumEntry, GroupEntry, ModelEntry, StoredEntry, Target } from './page.js';
import { summary } from './words.js';

/** A Markdown file of a page that is split. */
export interface MarkdownFile {
  /** Its path from the folder of the index: `models/task.md`. */
  readonly path: string;
  readonly text: string;
}

/** The page as one Markdown text, with diagrams that GitHub and GitLab draw. */
export function markdownPage(page: DocsPage, render: Render): string {
  const { models } = page;
  return render('docs.md', {
    ...common(page),
    contents: table(
      ['Model', 'Relation', 'Stored', 'Computed'],
      models.map(({ name, schema, table: relation, stored, computed }) => [
        code(name),
        code(`${schema}.${relation}`),
        String(stored.length),
        String(computed.length),
      ]),
    ),
    models: models.map((model) => modelBlocks(model, ({ name }) => code(name))),
  });
}

/** The page as an index, which tells everything in short and can be read alone, and a file for each model. */
export function markdownFiles(
  page: DocsPage,
  render: Render,
): { readonly index: string; readonly files: MarkdownFile[] } {
  const { models, groups } = page;
  const byId = new Map(models.map((model) => [model.id, model]));
  const sections: readonly Pick<GroupEntry, 'name' | 'models'>[] =
    groups.length > 0 ? groups : [{ name: 'Models', models: models.map(({ id }) => id) }];
  const index = render('docs.index.md', {
    ...common(page),
    sections: sections.map(({ name, models: ids }) => ({
      title: prose(name),
      ...diagramOf(groups.length > 0 ? onlyThese(page, ids) : undefined),
      models: ids.flatMap((id) => byId.get(id) ?? []).map(indexEntry),
    })),
  });
  const files = models.map((model) => ({
    path: `models/${fileOf(model)}`,
    text: render('docs.model.md', { own: modelBlocks(model, (target) => link(target, '')) }),
  }));
  return { index, files };
}

const fileOf = ({ id }: { readonly id: string }) => `${id}.md`;

/** A link to the file of a model, in a folder. */
function link(target: Target, folder: string): string {
  return `[${code(target.name)}](${folder}${encodeURI(fileOf(target)).replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'))})`;
}

/** What a diagram of some models shows. */
function onlyThese({ models, links }: DocsPage, ids: readonly string[]): Pick<DocsPage, 'models' | 'links'> {
  const own = new Set(ids);
  return {
    models: models.filter(({ id }) => own.has(id)),
    links: links.filter(({ child, parent }) => own.has(child) && own.has(parent)),
  };
}

function diagramOf(shown: Pick<DocsPage, 'models' | 'links'> | undefined) {
  const diagram = shown && entityDiagram(shown);
  return { hasDiagram: diagram !== undefined, diagram: diagram ?? '' };
}

function common(page: DocsPage) {
  const { title, enums, queries, drift } = page;
  return {
    title: prose(title),
    summary: summary(page),
    ...diagramOf(page),
    hasElsewhere: (drift?.elsewhere.length ?? 0) > 0,
    elsewhere: (drift?.elsewhere ?? []).map(finding),
    hasQueries: queries.length > 0,
    queries: queries.map(queryBlock),
    hasEnums: enums.length > 0,
    enums: enums.map(enumLine),
  };
}

function enumLine({ name, labels, comment }: EnumEntry): string {
  return `${code(name)}: ${labels.map(code).join(', ')}${comment === undefined ? '' : `. ${prose(comment)}`}`;
}

/** A model in the index: its columns, computed fields and states, each in a few words. */
function indexEntry(model: ModelEntry) {
  const { schema, table: relation, kind, comment, stored, computed, machines } = model;
  const about = comment === undefined ? '' : `. ${prose(comment)}`;
  return {
    title: `${link(model, 'models/')} ${code(`${schema}.${relation}`)}, ${kind}${about}`,
    lines: [
      `Stored: ${stored.map(storedWords).join(', ')}`,
      ...(computed.length > 0 ? [`Computed: ${computed.map(computedWords).join(', ')}`] : []),
      ...machines.map(({ field, states }) => `States of ${code(field)}: ${states.map(code).join(', ')}`),
    ],
  };
}

function storedWords({ column, sqlType, notNull, primary, references }: StoredEntry): string {
  const to = references ? ` to ${code(references.name)}` : '';
  return `${code(`${column} ${sqlType}${notNull && !primary ? ' not null' : ''}${primary ? ' primary key' : ''}`)}${to}`;
}

function computedWords({ name, sqlType, kind }: ComputedEntry): string {
  return `${code(sqlType === undefined ? name : `${name} ${sqlType}`)} (${kind})`;
}
