import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { parseSource } from '../config/parse-source.js';
import type { Source } from '../config/source.js';
import { RowsmithError } from '../errors.js';
import { hasPgVariables } from '../pipeline/source.js';
import { refuseOtherThanSql } from '../postgres/embedded/not-sql.js';
import { urlToRead } from './environment-url.js';
import { findSql } from './find-sql.js';
import { otherSchemas } from './other-schemas.js';
import { type DatabaseVariable, findVariable, type Project } from './project.js';
import type { ProposedSource } from './proposal.js';
import { type Ask, askSource } from './questions.js';
import type { Setup } from './setups/setup.js';

/**
 * The source that was chosen: what the config will say, and what the schema is read from now. The latter is absent
 * where that takes a variable that is not set.
 */
export interface ChosenSource {
  readonly proposed: ProposedSource;
  readonly now?: Source;
  /** The URL is that of a file, so nothing else is sent to its server. */
  readonly onlyUrl?: true;
}

/** Chooses the source of the schema. `given` is what the user named, as `parseSource` gives it. */
export async function chooseSource(
  project: Project,
  setup: Setup | undefined,
  given: Source | undefined,
  ask: Ask,
): Promise<ChosenSource> {
  const variable = await databaseVariable(project, setup);
  if (given) return fromSource(project, given, variable);
  const candidates = await findSql(project.folder);
  const programs = usesKyselyCtl(project);
  const hasDatabase = variable !== undefined || hasPgVariables() || programs || setup !== undefined;
  const name = hasDatabase ? (variable?.name ?? 'DATABASE_URL') : undefined;
  const answer = await askSource(ask, candidates, name);
  if (answer === '') throw nothingFound(project);
  if (answer === name) return fromVariable(project, variable ?? { name }, programs, ask);
  const candidate = candidates.find(({ path }) => path === answer);
  if (!candidate) return fromSource(project, parseSource([answer], project.folder), variable);
  const { paths = [candidate.path], what } = candidate;
  return { proposed: { kind: 'sql', paths, what }, now: { sql: paths } };
}

/** The variable with the database's URL. One that the setup of another generator names comes first. */
async function databaseVariable(project: Project, setup: Setup | undefined): Promise<DatabaseVariable | undefined> {
  if (setup?.variable === undefined && setup?.environmentFile === undefined) return project.databaseUrl;
  const name = setup.variable ?? 'DATABASE_URL';
  return (await findVariable(project.folder, [name], [setup.environmentFile ?? '.env'])) ?? { name };
}

const migratedByPrograms =
  "kysely-ctl migrations are programs, so the database they migrated is read. To run them instead, set source: { migrations: '<their folder>', tool: 'kysely' }";

async function fromVariable(
  project: Project,
  variable: DatabaseVariable,
  programs: boolean,
  ask: Ask,
): Promise<ChosenSource> {
  const { name, file } = variable;
  const where = file === undefined ? `the database of ${name}` : `the database of ${name}, which ${file} sets`;
  const what = programs ? `${where}: ${migratedByPrograms}` : where;
  const proposed = { kind: 'url', variable: name, ...(file === undefined ? {} : { file }), what } as const;
  if (process.env[name] || (file === undefined && hasPgVariables()))
    return { proposed, now: { url: process.env[name] } };
  const read = file === undefined ? undefined : await urlToRead(project.folder, { name, file }, ask);
  if (!read) return { proposed };
  return { proposed: { ...proposed, what: `${what}: ${read.where}` }, now: { url: read.url }, onlyUrl: true };
}

function fromSource(project: Project, source: Source, variable: DatabaseVariable | undefined): ChosenSource {
  const shown = (path: string) => relative(project.folder, resolve(project.folder, path)).split(sep).join('/') || '.';
  if ('sql' in source) {
    const paths = [source.sql].flat().map(shown);
    paths.forEach(refuseOtherThanSql);
    return { proposed: { kind: 'sql', paths, what: 'SQL files' }, now: source };
  }
  if ('catalog' in source)
    return { proposed: { kind: 'catalog', path: shown(source.catalog), what: 'a catalog' }, now: source };
  // A URL may hold a password, so the config names a variable instead.
  const { name, file } = variable ?? { name: 'DATABASE_URL' };
  return {
    proposed: {
      kind: 'url',
      variable: name,
      ...(file === undefined ? {} : { file }),
      what: `the given database; the config reads its URL from ${name}`,
    },
    now: source,
  };
}

function nothingFound(project: Project): RowsmithError {
  return new RowsmithError(
    'source-missing',
    'No schema was found: there are no SQL files or migrations, and DATABASE_URL is not set.',
    [
      ...otherSchemas(project),
      'Pass its location: rowsmith init --source <postgres://… | schema.sql | migrations/>',
    ].join('\n'),
  );
}

/**
 * Whether kysely-ctl migrates the database, which it does by programs, not by SQL. Its config stands at the top, or in
 * `.config`.
 */
function usesKyselyCtl({ folder, manifest }: Project): boolean {
  const files = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].flatMap((extension) => [
    `kysely.config.${extension}`,
    `.config/kysely.config.${extension}`,
  ]);
  return (
    (manifest?.dependencies.includes('kysely-ctl') ?? false) || files.some((file) => existsSync(join(folder, file)))
  );
}
