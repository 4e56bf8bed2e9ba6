import { join, relative } from 'node:path';
import type { CheckResult, DiffFinding, GenerateResult } from '../index.js';
import { printable, printableJson, printableLine } from '../printable.js';
import { palette } from '../report/terminal.js';
import type { Messages } from './messages.js';
import { hasColour } from './terminal.js';

const marks = { missing: '+', stale: '~', orphaned: '-' } as const;

/** Summary of what a run wrote: one line, and one for each file. */
export function summary({ out, files, changes }: GenerateResult): string {
  if (changes.length === 0) return upToDate(out, files.length);
  const lines = changes.map(({ kind, path }) => `  ${marks[kind]} ${path}`);
  return printable(`${shownPath(out)}: ${changes.length} of ${files.length} files changed\n${lines.join('\n')}\n`);
}

/** What changed in the schema, with a line for each change. */
export function schemaWords(findings: readonly DiffFinding[]): string {
  const paint = palette(hasColour(process.stdout));
  const lines = findings.map(({ severity, message }) => `  ${paint.severity(severity, printableLine(message))}\n`);
  return `The schema changed:\n${lines.join('')}`;
}

export function upToDate(out: string, files: number): string {
  return `${printableLine(shownPath(out))}: up to date, ${files} files\n`;
}

/**
 * The results as JSON: an object, or a list of them if the config has several projects. `explains` adds why an output
 * is stale.
 */
export function jsonResults(
  results: readonly (GenerateResult & Pick<CheckResult, 'staleness'>)[],
  messages: Messages,
  explains = false,
): string {
  for (const { notes } of results) notes.forEach(messages.note);
  const documents = results.map((result) => ({
    out: shownPath(result.out),
    files: result.files.map(({ path }) => path),
    changes: result.changes.map(({ kind, path }) => ({ kind, path })),
    notes: messages.notes,
    ...(result.tenants ? { tenants: result.tenants } : {}),
    ...(explains ? { staleness: result.staleness ?? null } : {}),
  }));
  return printableJson(documents.length === 1 ? documents[0] : documents);
}

/** A path relative to the working directory, with `/`. */
export function shownPath(...parts: [string, ...string[]]): string {
  return relative(process.cwd(), join(...parts)).replaceAll('\\', '/') || '.';
}
