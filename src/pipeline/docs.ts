import { resolve } from 'node:path';
import { type RelationGrants, readGrants } from '../catalog/grants.js';
import type { Config } from '../config/config.js';
import { buildPage } from '../docs/build.js';
import type { DocsFormat } from '../docs/formats.js';
import { htmlPage } from '../docs/html-page.js';
import { type MarkdownFile, markdownFiles, markdownPage } from '../docs/markdown-page.js';
import { createRenderer } from '../emit/render.js';
import { userSources } from '../emit/templates.js';
import { buildSchema } from '../model/build.js';
import { refuseIdle } from '../selection/refuse-idle.js';
import { type DriftOptions, driftOf, readHandWritten } from './drift.js';
import { packageName } from './package-name.js';
import { pluggedSchema } from './plugins.js';
import { readSource } from './read-source.js';
import { openSession, type SourceOptions, sourceOf } from './source.js';

export interface DocsOptions extends Omit<DriftOptions, 'writeBaseline'> {
  /** `html` when absent. */
  readonly format?: DocsFormat;
  /** Heading of the page; `Data models of` the package when absent. */
  readonly title?: string;
  /** Makes Markdown an index and a file for each model. */
  readonly split?: boolean;
}

export interface DocsResult {
  /** The page; its index where it is split. */
  readonly text: string;
  /** The files that the index links to. */
  readonly files: readonly MarkdownFile[];
  /** Notes about the schema, the same as `generate` gives. */
  readonly notes: readonly string[];
}

/**
 * Makes one page about the models of a schema. It has findings of drift where the options or the config name models.
 */
export async function docs(options: DocsOptions): Promise<DocsResult> {
  const { folder = process.cwd(), onNote = () => {}, onProgress = () => {}, format = 'html', split = false } = options;
  const reading = await readSource(options.config, { folder, onNote, onProgress });
  const { catalog, config, resolved } = reading;
  refuseIdle([reading], config);
  onProgress({ stage: 'render' });
  const schema = pluggedSchema(buildSchema(catalog, config, resolved?.models), catalog, config);
  const named = options.models ?? config.drift?.models ?? [];
  const report = named.length > 0 ? await driftOf(await readHandWritten(options), reading, options) : undefined;
  onProgress({ stage: 'render' });
  const name = packageName(folder);
  const title = options.title ?? (name === undefined ? 'Data models' : `Data models of ${name}`);
  const grants = await grantsOf(options.config, { folder, onNote, onProgress });
  const page = buildPage(catalog, schema, {
    title,
    everything: reading.everything,
    grants,
    findings: report?.findings,
  });
  const render = await createRenderer(
    config.templates === undefined ? undefined : userSources(resolve(folder, config.templates)),
  );
  const { notes } = schema;
  if (format === 'html') return { text: htmlPage(page, render, onProgress), files: [], notes };
  if (!split) return { text: markdownPage(page, render), files: [], notes };
  const { index, files } = markdownFiles(page, render);
  return { text: index, files, notes };
}

/** The grants of a live database. Migrations know neither the roles of a host nor what it grants them by default. */
async function grantsOf(config: Config, options: SourceOptions): Promise<readonly RelationGrants[] | undefined> {
  const source = sourceOf(config, options.folder);
  if (!('url' in source)) return undefined;
  const session = await openSession(source, config, options);
  try {
    return await readGrants(session);
  } finally {
    await session.close();
  }
}
