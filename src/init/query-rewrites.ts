import { basename } from 'node:path/posix';
import { placeOf } from '../catalog/queries/problem.js';
import { nextToken, type Token } from '../postgres/embedded/lexer.js';

/** A tool that has SQL files with queries. */
export type QueryTool = 'sqlc' | 'pgtyped' | "Prisma's TypedSQL";

/** A construct of another tool, what stands in its place in a file of rowsmith's, and where it is, counted from 1. */
export interface PlaceToRewrite {
  readonly what: string;
  readonly line: number;
  readonly column: number;
}

/** Finds what a file of queries has that rowsmith reads otherwise. */
export function placesToRewrite(tool: QueryTool, path: string, text: string): readonly PlaceToRewrite[] {
  const found = [...nameless(tool, path), ...inComments(tool, text), ...inStatements(tool, text)];
  return found
    .sort((a, b) => a.at - b.at)
    .map(({ what, at }) => {
      const { line, column } = placeOf({ path, text }, at);
      return { what, line, column };
    });
}

interface Found {
  readonly what: string;
  readonly at: number;
}

/** TypedSQL takes the name of a query from its file. */
function nameless(tool: QueryTool, path: string): Found[] {
  const name = basename(path).replace(/\.sql$/i, '');
  return tool === "Prisma's TypedSQL"
    ? [{ what: `no name → "-- name: ${name} :many" above the statement`, at: 0 }]
    : [];
}

type Line = readonly [pattern: RegExp, what: string];

/** What stands in comments, by the tool. Patterns end where the construct does. */
const comments: { readonly [T in QueryTool]: readonly Line[] } = {
  sqlc: [
    [/^\/\*[ \t]*name[ \t]*:/gm, '/* name: … */ → "-- name: …"'],
    [
      /(?<=name[ \t]*:[ \t]*\w+[ \t]+):(?:execrows|execresult|execlastid)\b/g,
      ':execrows, :execresult, :execlastid → :exec',
    ],
    [
      /(?<=name[ \t]*:[ \t]*\w+[ \t]+):(?:batch\w+|copyfrom)\b/g,
      ':batch…, :copyfrom → one statement that takes arrays: insert … select … from unnest(:names::text[])',
    ],
  ],
  pgtyped: [
    [/\/\*\s*@name\b/g, '/* @name … */ → "-- name: … :many", or :one, :maybe, :exec'],
    [
      /@param\s+\w+\s*->\s*\(\s*\(/g,
      '@param … -> ((…)...) → a parameter for each column, an array: unnest(:names::text[])',
    ],
    [/@param\s+\w+\s*->\s*\(\s*\.\.\.\s*\)/g, '@param … -> (...) → = any(:ids)'],
    [/@param\s+\w+\s*->\s*\(\s*\w/g, '@param … -> (a, b) → a parameter for each: :a, :b'],
  ],
  "Prisma's TypedSQL": [[/--\s*@param\b/g, '"-- @param {Int} $1:age" → "-- param: age int", or nothing']],
};

function inComments(tool: QueryTool, text: string): Found[] {
  return comments[tool].flatMap(([pattern, what]) =>
    [...text.matchAll(pattern)].map(({ index }) => ({ what, at: index })),
  );
}

const calls: { readonly [name: string]: string } = {
  arg: 'sqlc.arg(name) → :name',
  narg: 'sqlc.narg(name) → :name, with "-- param: name?" below the name of the query',
  slice: 'in (sqlc.slice(ids)) → = any(:ids)',
  embed: 'sqlc.embed(t) → the columns of t',
};

function inStatements(tool: QueryTool, text: string): Found[] {
  const found: Found[] = [];
  let before: Token | undefined;
  for (let token = nextToken(text, 0); token; token = nextToken(text, token.end)) {
    const what = constructAt(tool, text, token, before);
    if (what !== undefined) found.push({ what, at: token.start });
    before = token;
  }
  return found;
}

/** A character of an operator that `@` would be a part of. */
const operator = /[-+*/<>~!@#%^&|`?]/;

const name = /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/y;

function nameAt(text: string, at: number): string | undefined {
  name.lastIndex = at;
  return name.exec(text)?.[0];
}

/** The construct that begins at a token. */
function constructAt(tool: QueryTool, text: string, token: Token, before: Token | undefined): string | undefined {
  const { start, end } = token;
  const spelt = text.slice(start, end);
  if (spelt === '$' && /\d/.test(text[end] ?? '')) return '$1 → :name';
  if (tool === 'sqlc' && spelt === '@' && nameAt(text, end) && !operator.test(text[start - 1] ?? ''))
    return '@name → :name';
  if (tool === 'sqlc' && spelt.toLowerCase() === 'sqlc' && text[end] === '.') return calls[nameAt(text, end + 1) ?? ''];
  const parameter = spelt === ':' && text[start - 1] !== ':' ? nameAt(text, end) : undefined;
  if (tool !== 'pgtyped' || parameter === undefined) return undefined;
  const word = before && text.slice(before.start, before.end).toLowerCase();
  if (word === 'in') return 'in :ids → = any(:ids)';
  if (word === 'values') return 'values :rows → select … from unnest(:names::text[])';
  return text[end + parameter.length] === '!'
    ? ':name! → :name, which may not be null unless null is meant'
    : undefined;
}
