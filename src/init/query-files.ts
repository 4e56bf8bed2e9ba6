import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { basename, dirname } from 'node:path/posix';
import { groupBy } from '../catalog/collections.js';
import { readIfThere } from './project.js';
import { placesToRewrite, type QueryTool } from './query-rewrites.js';

/** The SQL files of a project that hold queries, and what has to be rewritten in them. */
export interface ProposedQueries {
  /** What the queries were written for. */
  readonly tools: readonly QueryTool[];
  /** Globs of the files, for `queries` of the config. */
  readonly globs: readonly string[];
  /** What has to be rewritten: each construct, with the places where it stands. */
  readonly rewrites: readonly { readonly what: string; readonly places: readonly string[] }[];
}

/** A dump is longer than files of queries are. */
const longest = 1024 * 1024;

/** What the queries of a SQL file are written for; undefined for a file that holds none. */
export async function queryToolOf(project: string, path: string): Promise<QueryTool | undefined> {
  return toolOf(path, await textOf(project, path));
}

function toolOf(path: string, text: string): QueryTool | undefined {
  if (/(^|\/)prisma\/sql\/[^/]+\.sql$/i.test(path)) return "Prisma's TypedSQL";
  if (/\/\*\s*@name\s+\w/.test(text)) return 'pgtyped';
  return /^(?:--|\/\*)[ \t]*name[ \t]*:[ \t]*\w+[ \t]+:\w/m.test(text) ? 'sqlc' : undefined;
}

/** Finds files of queries among the SQL files of a project, whose paths are relative to it; undefined without any. */
export async function proposeQueries(project: string, files: readonly string[]): Promise<ProposedQueries | undefined> {
  if (await isForOtherDatabase(project)) return undefined;
  const found = new Map<string, QueryTool>();
  const places: { readonly what: string; readonly place: string }[] = [];
  for (const path of files) {
    const text = await textOf(project, path);
    const tool = toolOf(path, text);
    if (tool === undefined) continue;
    found.set(path, tool);
    for (const { what, line, column } of placesToRewrite(tool, path, text))
      places.push({ what, place: `${path}:${line}:${column}` });
  }
  if (found.size === 0) return undefined;
  const rewrites = groupBy(places, ({ what }) => what);
  return {
    tools: [...new Set(found.values())],
    globs: globsOf(files, found),
    rewrites: [...rewrites].map(([what, own]) => ({ what, places: own.map(({ place }) => place) })),
  };
}

/** What has to be rewritten, for people: each construct, with the first of its places. */
export function rewriteNotes({ tools, globs, rewrites }: ProposedQueries): string[] {
  if (rewrites.length === 0) return [];
  return [
    `${globs.join(', ')}: queries for ${tools.join(' and ')}. Rewrite what follows, then turn on "queries" in the config`,
    ...rewrites.map(({ what, places }) => {
      const more = places.length > 5 ? ` and ${places.length - 5} more` : '';
      return `${what}: ${places.slice(0, 5).join(', ')}${more}`;
    }),
  ];
}

async function textOf(project: string, path: string): Promise<string> {
  const file = join(project, path);
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  return size > longest ? '' : readFile(file, 'utf8').catch(() => '');
}

/** sqlc has queries for MySQL and SQLite, too. */
async function isForOtherDatabase(project: string): Promise<boolean> {
  for (const name of ['sqlc.yaml', 'sqlc.yml', 'sqlc.json']) {
    const engines = [...((await readIfThere(join(project, name))) ?? '').matchAll(/\bengine"?\s*:\s*"?(\w+)/g)];
    if (engines.length > 0) return engines.every(([, engine]) => engine !== 'postgresql');
  }
  return false;
}

/** A glob for each folder that holds nothing else, and the paths of the others. */
function globsOf(files: readonly string[], found: ReadonlyMap<string, QueryTool>): string[] {
  const globs = [...found.keys()].map((path) => {
    const folder = dirname(path);
    const isWhole = files.every((file) => dirname(file) !== folder || found.has(file));
    if (!isWhole) return path;
    return folder === '.' ? basename(path) : `${folder}/*.sql`;
  });
  return [...new Set(globs)];
}
