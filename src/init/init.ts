import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import { optional } from '../catalog/collections.js';
import type { Config } from '../config/config.js';
import { configFileNames, loadConfig } from '../config/load.js';
import { neededImports } from '../config/needed-imports.js';
import type { Source } from '../config/source.js';
import { validateConfig } from '../config/validate.js';
import { RowsmithError } from '../errors.js';
import { Beside } from '../output/beside.js';
import { readSource } from '../pipeline/read-source.js';
import type { OnProgress } from '../progress.js';
import { chooseSource } from './choose-source.js';
import { configEntries } from './config-entries.js';
import { configText, configValue } from './config-text.js';
import { findDeclaredSchema } from './declared-schema.js';
import { driverOf } from './drivers.js';
import { addScripts, type FileEdit, keepLineEnds, markGenerated } from './file-edits.js';
import { listSql } from './find-sql.js';
import { type Ignores, ignoreOutput } from './formatters.js';
import { nextSteps } from './next-steps.js';
import { otherSchemas, packageNotes } from './other-schemas.js';
import { type Project, readAlways, readIfThere, readProject } from './project.js';
import type { Proposal, ProposedSource } from './proposal.js';
import { proposeQueries, rewriteNotes } from './query-files.js';
import { type Ask, askInitialStates, takeDefault } from './questions.js';
import { fittingSetup, proposeFromSchema, type SchemaProposal } from './schema-proposal.js';
import type { Setup } from './setups/setup.js';
import { readSetup } from './setups/table.js';

export interface InitOptions {
  /** The project's folder; the working directory when absent. */
  readonly folder?: string;
  /** The source of the schema; looked for when absent. */
  readonly source?: Source;
  /** Answers questions about what cannot be seen; without it, the defaults are taken. */
  readonly ask?: Ask;
  /** Called with the progress of reading the schema. */
  readonly onProgress?: OnProgress;
}

/** The result of setting up a project. */
export interface InitResult {
  /** What the proposal rests on; absent where the project has a config already. */
  readonly found?: Omit<Proposal, 'out' | 'initial' | 'driver'>;
  /** The config, and the files that go with it. */
  readonly files: readonly {
    readonly path: string;
    readonly change: 'created' | 'changed' | 'kept';
    readonly detail?: string;
  }[];
  /** Notes for people. */
  readonly notes: readonly string[];
  /** The next steps, one line each. */
  readonly next: readonly string[];
}

/**
 * Sets up a project: looks at it and writes what rowsmith needs in it. Nothing that is there is replaced, so a second
 * run changes nothing.
 */
export async function init({
  folder = process.cwd(),
  source,
  ask = takeDefault,
  onProgress = () => {},
}: InitOptions = {}): Promise<InitResult> {
  const project = await readProject(folder);
  const configured = await loadConfig(undefined, folder);
  const { edits, ...outcome } = configured
    ? await keep(project, configured.config, source)
    : await propose(project, source, ask, onProgress);
  write(folder, edits);
  return {
    ...outcome,
    files: edits.map((edit) => ({ path: edit.path, change: changeOf(edit), ...optional({ detail: edit.detail }) })),
  };
}

type Outcome = Omit<InitResult, 'files'> & { readonly edits: readonly FileEdit[] };

/** The outcome for a project that has a config. The config stays as it is; files that go with it may be missing. */
async function keep(project: Project, configured: Config, given: Source | undefined): Promise<Outcome> {
  const { out = 'generated', source } = configured;
  const { folder } = project;
  const path = configFileNames.find((name) => existsSync(join(folder, name)));
  const text = path === undefined ? undefined : await readIfThere(join(folder, path));
  const config = path === undefined || text === undefined ? [] : [{ path, before: text, text }];
  const notes = given
    ? [`${path ?? 'package.json'} already exists and is kept: the given source is not written into it`]
    : [];
  const beside = await editsBeside(project, out, hasSql(source));
  return { edits: [...config, ...beside.edits], notes: [...notes, ...beside.notes], next: nextSteps(project, {}) };
}

const hasSql = (source: Config['source']) => typeof source === 'object' && 'sql' in source;

async function propose(
  project: Project,
  given: Source | undefined,
  ask: Ask,
  onProgress: OnProgress,
): Promise<Outcome> {
  const { setup: asFound, source, schema, notes } = await look(project, given, ask, onProgress);
  const stripsTypes = Boolean((process.features as { readonly typescript?: unknown }).typescript);
  const imports = neededImports(project.folder, stripsTypes);
  const hasSources = project.typescript || imports.because !== undefined;
  const out = asFound?.out ?? (hasSources && existsSync(join(project.folder, 'src')) ? 'src/generated' : 'generated');
  const initial = await askInitialStates(ask, schema?.machines ?? []);
  const declared = await findDeclaredSchema(project.folder);
  const queries = await proposeQueries(project.folder, await listSql(project.folder));
  const entries = configEntries({
    source,
    out,
    imports,
    initial,
    declared,
    ...optional({ setup: asFound, schema, queries, driver: driverOf(project) }),
  });
  validateConfig(configValue(entries), asFound?.from ?? 'the proposal');
  const config = {
    path: configFile(project),
    before: undefined,
    text: configText(entries, fileToLoad(project, source)),
  };
  const beside = await editsBeside(project, out, source.kind === 'sql');
  return {
    found: { source, imports, ...optional({ setup: asFound, schema, queries }) },
    edits: [config, ...beside.edits],
    notes: [...notes, ...(queries ? rewriteNotes(queries) : []), ...beside.notes],
    next: nextSteps(project, { source, out, imports, ...optional({ setup: asFound }) }),
  };
}

/** The file that the config has to load for its variable; none where every run reads it anyway. */
function fileToLoad({ folder }: Project, source: ProposedSource): string | undefined {
  if (source.kind !== 'url' || source.file === undefined) return undefined;
  return readAlways(folder).includes(source.file) ? undefined : source.file;
}

/** Everything that is seen and answered, except questions that the schema raises. */
interface Looked {
  readonly setup: Setup | undefined;
  readonly source: ProposedSource;
  /** Absent where the schema could not be read. */
  readonly schema?: SchemaProposal;
  readonly notes: readonly string[];
}

/** Looks at everything that can be seen, and asks the rest, except what the schema raises. */
async function look(project: Project, given: Source | undefined, ask: Ask, onProgress: OnProgress): Promise<Looked> {
  const setup = await readSetup(project);
  const { proposed: source, now, onlyUrl = false } = await chooseSource(project, setup, given, ask);
  const seen = [...otherSchemas(project, source), ...packageNotes(project, source)];
  if (!now) return { setup, source, notes: [...seen, unread(source)] };
  const { notes, ...read } = await readSchema(project, setup, { source: now, onlyUrl }, onProgress);
  return { source, ...read, notes: [...seen, ...notes] };
}

function unread(source: ProposedSource): string {
  return `${whyUnread(source)}, so the schema was not inspected`;
}

function whyUnread(source: ProposedSource): string {
  if (source.kind !== 'url') return source.what;
  if (source.file === undefined) return `${source.variable} is not set`;
  return `the value in ${source.file} of ${source.variable} was not used`;
}

/**
 * Reads the schema for what it proposes. A schema that cannot be read now is no reason not to write a config: a note
 * says what is wrong.
 */
async function readSchema(
  project: Project,
  setup: Setup | undefined,
  { source, onlyUrl }: { readonly source: Source; readonly onlyUrl: boolean },
  onProgress: OnProgress,
) {
  const notes: string[] = [];
  const config: Config = {
    source,
    ...(setup?.include ? { include: setup.include } : {}),
    ...(setup?.exclude ? { exclude: setup.exclude } : {}),
  };
  try {
    const reading = await readSource(config, {
      folder: project.folder,
      onNote: (note) => notes.push(note),
      onProgress,
      onlyUrl,
    });
    const schema = proposeFromSchema(reading.catalog, config);
    return { setup: setup && fittingSetup(setup, reading), schema, notes: [...notes, ...schema.notes] };
  } catch (error) {
    if (!(error instanceof RowsmithError)) throw error;
    return {
      setup,
      notes: [...notes, ['the schema cannot be read yet:', error.message, error.hint].filter(Boolean).join(' ')],
    };
  }
}

/** The edits of files that go with the config, and what is left to do in them. */
async function editsBeside(project: Project, out: string, hasSql: boolean): Promise<Ignores> {
  const { folder, manifest } = project;
  const path = out.split(sep).join('/');
  const before = await readIfThere(join(folder, '.gitattributes'));
  const marked = markGenerated(before, path) ?? { path: '.gitattributes', before, text: before ?? '' };
  const attributes = hasSql ? keepLineEnds(marked) : marked;
  const { edits, notes } = await ignoreOutput(project, path);
  const isThere = attributes.before !== undefined || attributes.text !== '';
  return { edits: [...(manifest ? [addScripts(manifest)] : []), ...(isThere ? [attributes] : []), ...edits], notes };
}

/**
 * The name of the config file: `.ts` where the project has TypeScript, with `m` where `.ts` and `.js` would be
 * CommonJS.
 */
function configFile({ typescript, modules }: Project): string {
  return `rowsmith.config.${modules ? '' : 'm'}${typescript ? 'ts' : 'js'}`;
}

function changeOf({ before, text }: FileEdit): 'created' | 'changed' | 'kept' {
  if (before === undefined) return 'created';
  return before === text ? 'kept' : 'changed';
}

function write(folder: string, edits: readonly FileEdit[]): void {
  const changed = edits.filter(({ before, text }) => before !== text);
  const beside = new Beside(folder);
  try {
    for (const { path, text } of changed) beside.write(path, text);
    beside.takePlaces();
  } finally {
    beside.discard();
  }
}
