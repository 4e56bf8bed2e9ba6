import { relative } from 'node:path';
import type ts from '@typescript/typescript6';

/** A place in the user's code: a path relative to the working directory, and a line counted from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/**
 * Visits every node in the order of the text. A visit gets the result of its parent's visit. There is no recursion,
 * since a sum of thousands of strings is nested deeper than the stack.
 */
export function walk<Given>(
  compiler: typeof ts,
  source: ts.SourceFile,
  first: Given,
  visit: (node: ts.Node, given: Given) => Given,
): void {
  const pending: { readonly node: ts.Node; readonly given: Given }[] = [{ node: source, given: first }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const given = visit(next.node, next.given);
    const children: ts.Node[] = [];
    compiler.forEachChild(next.node, (child) => void children.push(child));
    for (const child of children.reverse()) pending.push({ node: child, given });
  }
}

/** Line of a node, counted from 1. */
export const lineOf = (source: ts.SourceFile, node: ts.Node): number =>
  source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;

/** Path of a file in reports, relative to the working directory. */
export const shownPath = (file: string): string => relative(process.cwd(), file).replaceAll('\\', '/');

/** Words of a text: `tasks.reason as why` → `tasks`, `reason`, `as`, `why`. */
export const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{M}\p{N}_$]+/gu) ?? [];

/** Everything between the words of a text: `tasks.reason` → `.`. Some names consist of nothing else. */
export const signsOf = (text: string): string[] => text.match(/[^\p{L}\p{M}\p{N}_$]+/gu) ?? [];
