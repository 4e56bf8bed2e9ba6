import { readFile, writeFile } from 'node:fs/promises';
import { parseJson } from '../config/jsonc.js';
import { RowsmithError } from '../errors.js';
import type { Reportable } from './reportable.js';

/** The findings that a team accepts for now: a report omits them and shows only new ones. */
export interface Baseline {
  readonly version: 1;
  /** The fingerprint identifies a finding; the id is for people and for diffs of the file. */
  readonly findings: readonly { readonly id: string; readonly fingerprint: string }[];
}

export interface BaselineResult<Finding> {
  readonly left: readonly Finding[];
  readonly known: readonly Finding[];
  /** Entries whose finding is gone. Write the baseline again: otherwise such a finding could return unnoticed. */
  readonly gone: Baseline['findings'];
}

export function applyBaseline<Finding extends Reportable>(
  findings: readonly Finding[],
  { findings: entries }: Baseline,
): BaselineResult<Finding> {
  const known = new Set(entries.map(({ fingerprint }) => fingerprint));
  const present = new Set(findings.map(({ fingerprint }) => fingerprint));
  return {
    left: findings.filter(({ fingerprint }) => !known.has(fingerprint)),
    known: findings.filter(({ fingerprint }) => known.has(fingerprint)),
    gone: entries.filter(({ fingerprint }) => !present.has(fingerprint)),
  };
}

/**
 * Reads a baseline file. Throws if it is missing or invalid, because an empty baseline would report every old finding
 * as new.
 */
export async function readBaseline(path: string): Promise<Baseline> {
  const hint = 'Write it with: --write-baseline';
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new RowsmithError(
      'baseline-not-readable',
      `The baseline ${path} cannot be read: ${error.code ?? error.message}`,
      hint,
    );
  });
  const value = parse(text);
  if (!isBaseline(value)) throw new RowsmithError('baseline-not-readable', `${path} is not a rowsmith baseline.`, hint);
  return value;
}

/** Writes the findings as a baseline, sorted by id, so that a diff of the file shows what was fixed and what is new. */
export async function writeBaseline(path: string, findings: readonly Reportable[]): Promise<void> {
  const entries = findings.map(({ id, fingerprint }) => ({ id, fingerprint }));
  const order = ({ id, fingerprint }: (typeof entries)[number]) => `${id} ${fingerprint}`;
  entries.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const baseline: Baseline = { version: 1, findings: entries };
  await writeFile(path, `${JSON.stringify(baseline, undefined, 2)}\n`);
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function isBaseline(value: unknown): value is Baseline {
  if (
    typeof value !== 'object' ||
    value === null ||
    !('version' in value) ||
    value.version !== 1 ||
    !('findings' in value)
  )
    return false;
  return (
    Array.isArray(value.findings) &&
    value.findings.every(
      (entry: unknown) => typeof (entry as { fingerprint?: unknown } | null)?.fingerprint === 'string',
    )
  );
}
