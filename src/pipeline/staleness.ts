import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalog } from '../catalog/catalog.js';
import { readCatalogFile } from '../catalog/catalog-file.js';
import { asBefore } from '../catalog/queries/facts.js';
import { fingerprint } from '../catalog/serialize.js';
import type { Config } from '../config/config.js';
import type { DiffFinding } from '../diff/finding.js';
import { digest } from '../digest.js';
import type { OutputFile, WrittenFile } from '../emit/output-file.js';
import { RowsmithError } from '../errors.js';
import { type Manifest, manifestPath, parseManifest } from '../output/manifest.js';
import type { Difference } from '../output/plan.js';
import { narrowCatalog } from '../selection/narrow.js';
import { judgeSides, worstFirst } from './diff.js';
import { schemaAsOf } from './fit-models.js';
import { pluggedCatalog } from './plugins.js';
import { filesToRender } from './render.js';

/** Why a file is stale. `generator` is rowsmith itself, its config, or its templates. */
export type Cause = 'schema' | 'edited' | 'generator';

/** Why an output is stale. */
export interface Staleness {
  /** What changed in the schema since the committed catalog. */
  readonly findings: readonly DiffFinding[];
  /** For each file that differs, its causes; those in one list cannot be distinguished. */
  readonly files: readonly { readonly path: string; readonly causes: readonly (readonly Cause[])[] }[];
  /** Files that differ only as a formatter would change them: they have the same words, the same number of times. */
  readonly formatted: readonly string[];
}

/** What was rendered, and how the output folder differs. */
interface Planned {
  readonly out: string;
  readonly catalog: Catalog;
  readonly files: readonly WrittenFile[];
  readonly changes: readonly Difference[];
}

/**
 * Explains why files are stale. There is a sequence of four texts of a file: the committed one, the one that was last
 * written, the one that would be written now from the committed catalog, and the correct one. If the first two differ,
 * somebody edited the file; if the second and third differ, the generator changed; if the last two differ, the schema
 * did. The second is known by its digest in the manifest. If one of the texts is not known, the causes on both sides of
 * it cannot be distinguished.
 */
export async function explainStale(
  { out, catalog, files, changes }: Planned,
  config: Config,
  folder: string,
): Promise<Staleness> {
  const committed = await committedCatalog(out, catalog, config);
  const manifest = parseManifest((await textOf(join(out, manifestPath))) ?? '');
  const schema = committed && schemaAsOf(committed, config);
  const today =
    committed && schema && renderedDigests(await filesToRender({ catalog: committed, schema, config, folder, out }));
  const wanted = new Map(files.map((file) => [file.path, file.digest]));
  const explained = changes
    .filter(({ path }) => path !== manifestPath)
    .map((change) => ({ path: change.path, causes: causesOf(change, { manifest, today, wanted }) }));
  const formatted = changes.filter((change) => isEdited(change, explained) && isFormatted(change));
  return {
    formatted: formatted.map(({ path }) => path),
    findings: committed ? changesBetween(committed, catalog, config, out) : [],
    // The manifest follows the other files; if only it differs, it was edited or does not exist yet.
    files:
      explained.length > 0
        ? explained
        : [{ path: manifestPath, causes: [manifest ? ['edited'] : ['edited', 'generator']] }],
  };
}

function isEdited({ path }: Difference, explained: Staleness['files']): boolean {
  return explained.find((file) => file.path === path)?.causes.some((causes) => causes.includes('edited')) ?? false;
}

/** Whether two texts have the same words, regardless of layout, quotes and order. */
function isFormatted(change: Difference): boolean {
  if (change.kind !== 'stale') return false;
  const words = (text: string) => (text.match(/[\p{L}\p{N}_$]+/gu) ?? []).sort().join(' ');
  return words(change.previous) === words(change.text);
}

/** What changed in the schema since the files were written; empty if they do not show what it was. */
export async function schemaChanges(
  { out, catalog }: Omit<Planned, 'files' | 'changes'>,
  config: Config,
): Promise<readonly DiffFinding[]> {
  const committed = await committedCatalog(out, catalog, config);
  return committed ? changesBetween(committed, catalog, config, out) : [];
}

function changesBetween(from: Catalog, to: Catalog, config: Config, out: string): readonly DiffFinding[] {
  if (fingerprint(from) === fingerprint(to)) return [];
  return worstFirst(judgeSides({ catalog: from }, { catalog: to }, config, out).map(({ finding }) => finding));
}

type Digests = ReadonlyMap<string, string>;

function causesOf(
  change: Difference,
  known: { readonly manifest: Manifest | undefined; readonly today: Digests | undefined; readonly wanted: Digests },
): Cause[][] {
  const { path } = change;
  const links: [causeBefore: Cause[], text: string | undefined][] = [];
  let pending: Cause[] = [];
  const reach = (cause: Cause, texts: Digests | undefined) => {
    pending = [...pending, cause];
    if (texts === undefined) return;
    links.push([pending, texts.get(path)]);
    pending = [];
  };
  reach('edited', known.manifest);
  reach('generator', known.today);
  reach('schema', known.wanted);
  let previous = change.kind === 'missing' ? undefined : digest(change.previous);
  return links.flatMap(([causes, text]) => {
    const differs = text !== previous;
    previous = text;
    return differs ? [causes] : [];
  });
}

function renderedDigests(files: Iterable<OutputFile>): Digests {
  const digests = new Map<string, string>();
  for (const { path, text } of files) digests.set(path, digest(text));
  return digests;
}

/**
 * The committed catalog, narrowed to what the current config selects: a new `include` or a new computed field then
 * counts as a change of the generator. Undefined if the catalog is missing or was edited.
 */
async function committedCatalog(out: string, current: Catalog, config: Config): Promise<Catalog | undefined> {
  try {
    const { catalog } = narrowCatalog(await readCatalogFile(join(out, 'catalog.json')), config);
    const told = { ...catalog, expressions: expressionsOf(catalog, current), ...queriesAsOf(catalog, current) };
    return pluggedCatalog(told, config);
  } catch (error) {
    if (error instanceof RowsmithError) return undefined;
    throw error;
  }
}

function expressionsOf(committed: Catalog, current: Catalog): Catalog['expressions'] {
  const key = ({ relation, field, sql }: Catalog['expressions'][number]) =>
    JSON.stringify([relation.schema, relation.name, field, sql]);
  const known = new Map(committed.expressions.map((expression) => [key(expression), expression]));
  const names = new Set(committed.relations.map(({ schema, name }) => JSON.stringify([schema, name])));
  return current.expressions
    .filter(({ relation: { schema, name } }) => names.has(JSON.stringify([schema, name])))
    .map((expression) => known.get(key(expression)) ?? expression);
}

/** The current queries, with what the committed catalog has for those that did not change. */
function queriesAsOf({ queries: known = [] }: Catalog, { queries = [] }: Catalog): Pick<Catalog, 'queries'> {
  const asOf = queries.map((now) => {
    const before = known.find(
      ({ file, name, digest }) => file === now.file && name === now.name && digest === now.digest,
    );
    return before ? asBefore(now, before) : now;
  });
  return queries.length === 0 ? {} : { queries: asOf };
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
