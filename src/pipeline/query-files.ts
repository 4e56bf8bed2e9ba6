import { readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { QueryFact } from '../catalog/catalog.js';
import { asBefore, placeInFile } from '../catalog/queries/facts.js';
import type { QueryProblem } from '../catalog/queries/problem.js';
import { queriesRefused } from '../catalog/queries/problem.js';
import type { QueryText, SqlText } from '../catalog/queries/query-text.js';
import { type ReadQueries, readQueries } from '../catalog/queries/read-queries.js';
import type { Config } from '../config/config.js';
import { matchFiles } from '../drift/walk.js';
import { RowsmithError } from '../errors.js';

/** Reads the SQL files that the config's `queries` name, in the order of their paths. */
async function readQueryFiles({ queries = [], tenants }: Config, folder: string): Promise<readonly SqlText[]> {
  if (queries.length > 0 && tenants !== undefined)
    throw new RowsmithError(
      'config-invalid',
      'The config has tenants and queries, and the text of a query cannot follow the tenant.',
      'Move queries to a project of their own, beside the one with tenants.',
    );
  const paths = new Map<string, string>();
  for (const pattern of queries) {
    const found = await matchFiles(pattern, folder);
    if (found.length === 0) throw noFile(pattern);
    for (const path of found) paths.set(shortPath(path, folder), path);
  }
  const texts: SqlText[] = [];
  for (const [path, absolute] of [...paths].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const text = await readFile(absolute, 'utf8');
    texts.push({ path, text: text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n') });
  }
  refuseSameOutput(texts);
  return texts;
}

/** The files of queries of each config, in their order. */
export const readAllQueryFiles = (configs: readonly Config[], folder: string) =>
  Promise.all(configs.map((config) => readQueryFiles(config, folder)));

/** The queries of files, and what is wrong with any. */
export function queriesOf(files: readonly SqlText[]): ReadQueries {
  const read = files.map(readQueries);
  return {
    queries: read.flatMap(({ queries }) => queries),
    problems: read.flatMap(({ problems }) => problems),
  };
}

/**
 * What a catalog knows of queries: each has to be the one that the catalog was made with, since only a database can
 * look at another.
 */
export function knownQueries({ queries, problems }: ReadQueries, known: readonly QueryFact[]): readonly QueryFact[] {
  const facts: QueryFact[] = [];
  const all = [...problems];
  for (const query of queries) {
    const fact = known.find((one) => isOf(one, query));
    if (fact) facts.push(asBefore(placeInFile(query), fact));
    else all.push(changedQuery(query));
  }
  if (all.length > 0) throw queriesRefused(all);
  return facts;
}

/** Whether a fact of a catalog is about a query as its file has it now. */
const isOf = (fact: QueryFact, { file, name, digest }: QueryText): boolean =>
  fact.file === file.path && fact.name === name && fact.digest === digest;

const changedQuery = ({ file, at, name }: QueryText): QueryProblem => ({
  file,
  at,
  message: `the catalog does not know ${name} as it is here: generate from a database or SQL files`,
});

/** A path from the folder, with `/`. */
function shortPath(path: string, folder: string): string {
  const short = relative(folder, path).split(sep).join('/');
  if (!short.startsWith('../') && /\.sql$/i.test(short)) return short;
  throw new RowsmithError(
    'queries-not-found',
    `queries names ${short}, which is ${short.startsWith('../') ? "above the config's folder" : 'no .sql file'}.`,
    'Each file of queries stands in the folder of the config or below it, and ends in .sql.',
  );
}

function noFile(pattern: string): RowsmithError {
  return new RowsmithError(
    'queries-not-found',
    `queries: ${JSON.stringify(pattern)} matches no file.`,
    "Patterns start from the config's folder: 'src/**/*.sql'.",
  );
}

/** Not every file system tells names apart by case. */
function refuseSameOutput(texts: readonly SqlText[]): void {
  const seen = new Map<string, string>();
  for (const { path } of texts) {
    const other = seen.get(path.toLowerCase());
    if (other !== undefined)
      throw new RowsmithError(
        'name-collision',
        `The queries of ${other} and ${path} would stand in one file.`,
        'Rename one of them by more than the case of its letters.',
      );
    seen.set(path.toLowerCase(), path);
  }
}
