import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type DriftReport, type DriftSummary, drift, type FailOn, fails, formatDrift } from '../../index.js';
import { printableLine } from '../../printable.js';
import { readInput } from '../input.js';
import { Messages } from '../messages.js';
import type { Arguments } from '../options.js';
import { UsageError } from '../report-error.js';
import { hasColour } from '../terminal.js';

/**
 * Ends the process soon, so that nothing that a time limit abandoned delays it: a folder that is being read, a server
 * that does not answer.
 */
function endSoon(error: unknown): never {
  setTimeout(() => process.exit(), 200).unref();
  throw error;
}

export async function runDrift(args: Arguments<'drift'>): Promise<number> {
  return compareModels(args).catch(endSoon);
}

async function compareModels(args: Arguments<'drift'>): Promise<number> {
  const since = performance.now();
  const { models, exclude, format, out, rule = [], baseline, silent } = args;
  const messages = new Messages({ silent });
  const { config, ...input } = await readInput(
    { source: args.source, config: args.config, 'env-file': args['env-file'], timeout: args.timeout },
    messages,
  );
  const settings = {
    ...config.drift,
    rules: { ...config.drift?.rules, ...Object.fromEntries(rule.map(parseRule)) },
    ...(baseline === undefined ? {} : { baseline: resolve(baseline) }),
  };
  const target = args['write-baseline'];
  const options = {
    ...input,
    config: { ...config, drift: settings },
    ...(models === undefined ? {} : { models }),
    ...(exclude === undefined ? {} : { exclude }),
    ...(target === undefined ? {} : { writeBaseline: resolve(target) }),
  };
  const report = await messages.during(() => drift(options));
  const colour = format === 'text' && out === undefined && hasColour(process.stdout);
  const within = config.timeout === undefined ? {} : { within: { seconds: config.timeout, since } };
  const suggestions = args['only-missing'] ? 'missing' : args['fix-suggestions'];
  const text = await formatDrift(report, format, { colour, suggestions, verbose: args.verbose, ...within });
  if (out !== undefined) await writeFile(resolve(out), text);
  else if (!silent || format !== 'text') process.stdout.write(text);
  return exitCode(report, args['fail-on'] ?? settings.failOn ?? 'error', target !== undefined);
}

/**
 * The exit code. Regardless of the threshold, it is 2 if a model could not be read or if the run compared nothing,
 * because then there is no answer.
 */
function exitCode(report: DriftReport, failOn: FailOn, wroteBaseline: boolean): number {
  const broken = report.findings.filter(({ rule, kind }) => rule === 'unread' && kind === 'broken');
  for (const { file, line, message, fix } of broken)
    process.stderr.write(
      `error: ${printableLine(`${file}:${line}: ${message}`)}\n${fix ? `  ${printableLine(fix)}.\n` : ''}`,
    );
  const seen = seenInstead(report.summary);
  if (seen !== undefined)
    process.stderr.write(
      `error: No model was compared with a table. Found: ${seen}.\n  Check --models, or name the table of each model (docs/drift.md).\n`,
    );
  if (broken.length > 0 || seen !== undefined) return 2;
  return !wroteBaseline && fails(report.findings, failOn) ? 1 : 0;
}

/** What a run found that compared no model: `4 types (2 insert, 2 unmapped)`; undefined if it compared something. */
function seenInstead({ models }: DriftSummary): string | undefined {
  if (models.compared + models.projection > 0) return undefined;
  const counts = Object.entries(models).filter(([, count]) => count > 0);
  if (counts.length === 0) return 'no types that could be one';
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  return `${all} types (${counts.map(([status, count]) => `${count} ${status}`).join(', ')})`;
}

function parseRule(given: string): readonly [string, 'error' | 'warning' | 'info' | 'off'] {
  const [id = '', severity] = given.split('=');
  if (severity === 'error' || severity === 'warning' || severity === 'info' || severity === 'off')
    return [id, severity];
  throw new UsageError(`--rule ${given} does not have the form <rule>=error|warning|info|off.`);
}
