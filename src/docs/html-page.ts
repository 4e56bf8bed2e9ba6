import { createHash } from 'node:crypto';
import { groupBy } from '../catalog/collections.js';
import type { Render } from '../emit/render.js';
import { counting, type OnProgress } from '../progress.js';
import { drawDiagram } from './diagram.js';
import { escapeHtml, Markup } from './html.js';
import { diagramContext } from './html-diagram.js';
import { findingContext, modelContext } from './html-model.js';
import { overview } from './overview.js';
import type { DocsPage, FindingEntry, ModelEntry } from './page.js';
import { count, summary } from './words.js';

/**
 * The page as one HTML file that contains its style and script. Its policy forbids it to load anything.
 */
export function htmlPage(page: DocsPage, render: Render, onProgress: OnProgress = () => {}): string {
  const { models, enums, drift } = page;
  const drawn = drawDiagrams(page, onProgress);
  onProgress({ stage: 'render' });
  const script = render('docs.js', {});
  const context = {
    policy: contentPolicy(script),
    style: new Markup(render('docs.css', {})),
    script: new Markup(script),
    summary: summary(page),
    schemas: [...groupBy(models, ({ schema }) => schema)].map(([name, members]) => ({
      name,
      models: members.map(menuEntry),
    })),
    severalSchemas: new Set(models.map(({ schema }) => schema)).size > 1,
    hasDiagram: models.length > 0,
    ...drawn,
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

/** Entry of a model in the menu of the page. */
function menuEntry({ id, name, schema, table, findings }: ModelEntry) {
  return {
    id,
    name,
    table: schema === 'public' ? table : `${schema}.${table}`,
    drifts: findings.length > 0,
    findings: String(findings.length),
    severity: findings[0]?.severity ?? '',
    findingsLabel: count(findings.length, 'drift finding'),
  };
}

/**
 * Draws the diagrams of each model, then that of all models. The last one tells no progress while it is laid out, and
 * by then a progress bar is on the screen.
 */
function drawDiagrams(page: DocsPage, onProgress: OnProgress) {
  const { models, links } = page;
  const drawn = counting('layout', models.length + 1, onProgress);
  const contexts = models.map((model) => {
    const context = modelContext(model, page);
    drawn();
    return context;
  });
  const label = `Foreign keys between ${count(models.length, 'model')}`;
  return { models: contexts, diagram: diagramContext(drawDiagram(overview(page), links), label) };
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
  if (all.length === 0) return 'The hand-written models fit the schema.';
  const of = (severity: FindingEntry['severity'], word: string) => {
    const found = all.filter((finding) => finding.severity === severity).length;
    return found === 0 ? [] : [count(found, word)];
  };
  return `The hand-written models differ from the schema: ${[...of('error', 'error'), ...of('warning', 'warning'), ...of('info', 'note')].join(', ')}.`;
}
