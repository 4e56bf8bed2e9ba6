import { join, relative } from 'node:path';
import type { DiffFinding, GenerateResult, Staleness } from '../index.js';
import { palette, printable } from '../report/terminal.js';
import { hasColour } from './terminal.js';
import { upToDate } from './unchanged.js';

const marks = { missing: '+', stale: '~', orphaned: '-' } as const;

/** What a run wrote: a line, and one for each file. */
export function summary({ out, files, changes }: GenerateResult): string {
  if (changes.length === 0) return upToDate(out, files.length);
  const lines = changes.map(({ kind, path }) => `  ${marks[kind]} ${path}`);
  return `${shownPath(out)}: ${changes.length} of ${files.length} files changed\n${lines.join('\n')}\n`;
}

/** What changed in the schema, a line for each change. */
export function schemaWords(findings: readonly DiffFinding[]): string {
  const paint = palette(hasColour(process.stdout));
  return `The schema changed:\n${findings.map(({ severity, message }) => `  ${paint.severity(severity, printable(message))}\n`).join('')}`;
}

/** The same for machines. Of `check` it says why, too. */
export function jsonResult({ out, files, changes }: GenerateResult, notes: readonly string[], staleness?: Staleness | null): string {
  const result = {
    out: shownPath(out),
    files: files.map(({ path }) => path),
    changes: changes.map(({ kind, path }) => ({ kind, path })),
    notes,
    ...(staleness === undefined ? {} : { staleness }),
  };
  return `${JSON.stringify(result, undefined, 2)}\n`;
}

/** Relative to the working directory, with `/`. */
export function shownPath(...parts: [string, ...string[]]): string {
  return relative(process.cwd(), join(...parts)).replaceAll('\\', '/') || '.';
}
