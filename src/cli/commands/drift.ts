import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { printableLine } from '../../printable.js';
import { drift, failOnLevels, fails, formatDrift, reportFormats, type DriftReport, type FailOn, type ReportFormat } from '../../index.js';
import { readInput, silentOption, timeoutOption, type InputArguments } from '../input.js';
import { Messages, type Verbosity } from '../messages.js';
import { UsageError } from '../report-error.js';
import { hasColour } from '../terminal.js';

interface DriftArguments extends Pick<InputArguments, 'source' | 'config' | 'out' | 'timeout'>, Pick<Verbosity, 'silent'> {
  readonly models?: readonly string[] | undefined;
  readonly format: ReportFormat;
  readonly 'fail-on'?: FailOn | undefined;
  readonly rule?: readonly string[] | undefined;
  readonly baseline?: string | undefined;
  readonly 'write-baseline'?: string | undefined;
  readonly 'fix-suggestions': boolean;
}

export function driftCommand(exit: (code: number) => void): CommandModule<object, DriftArguments> {
  return {
    command: 'drift',
    describe: 'Compare hand-written models (Rust, TypeScript) with the schema; exit 1 when they differ',
    builder: (yargs) =>
      yargs
        .option('models', { type: 'string', array: true, requiresArg: true, describe: "Files of the models, as quoted globs: 'src/models/**/*.rs'" })
        .option('source', { type: 'string', array: true, requiresArg: true, describe: 'Database URL, SQL files or folders, or a catalog.json [DATABASE_URL]' })
        .option('config', { type: 'string', requiresArg: true, describe: 'Config file [rowsmith.config.*]' })
        .option('timeout', { ...timeoutOption, describe: 'Seconds for all of it [600]' })
        .option('format', { choices: reportFormats, default: 'text' as const, describe: 'How to print the findings' })
        .option('out', { type: 'string', requiresArg: true, describe: 'A file for the report, instead of standard output' })
        .option('silent', silentOption)
        .option('fail-on', { choices: failOnLevels, describe: 'The least severity that exits with 1 [error]' })
        .option('rule', { type: 'string', array: true, requiresArg: true, describe: 'A severity for a rule: fk-type-mismatch=warning, missing-model=off' })
        .option('baseline', { type: 'string', requiresArg: true, describe: 'Leave out the findings of this file' })
        .option('write-baseline', { type: 'string', requiresArg: true, describe: 'Write the findings to this file, for --baseline' })
        .option('fix-suggestions', { type: 'boolean', default: false, describe: 'Write the corrected models into the report' }),
    handler: async (args) => exit(await runDrift(args).catch(endSoon)),
  };
}

/** Whatever a time limit left behind, a folder that is being read or a server that is waited for, keeps the process no longer. */
function endSoon(error: unknown): never {
  setTimeout(() => process.exit(), 200).unref();
  throw error;
}

async function runDrift(args: DriftArguments): Promise<number> {
  const since = performance.now();
  const { models, format, out, rule = [], baseline, silent } = args;
  const messages = new Messages({ silent });
  const { config, ...input } = await readInput({ source: args.source, config: args.config, timeout: args.timeout }, messages);
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
    ...(target === undefined ? {} : { writeBaseline: resolve(target) }),
  };
  const report = await messages.during(() => drift(options));
  const colour = format === 'text' && out === undefined && hasColour(process.stdout);
  const within = config.timeout === undefined ? {} : { within: { seconds: config.timeout, since } };
  const text = await formatDrift(report, format, { colour, suggestions: args['fix-suggestions'], ...within });
  if (out !== undefined) await writeFile(resolve(out), text);
  else if (!silent || format !== 'text') process.stdout.write(text);
  return exitCode(report, args['fail-on'] ?? settings.failOn ?? 'error', target !== undefined);
}

/** What could not be read leaves the question unanswered, whatever the threshold. */
function exitCode(report: DriftReport, failOn: FailOn, wroteBaseline: boolean): number {
  const broken = report.findings.filter(({ rule, kind }) => rule === 'unread' && kind === 'broken');
  for (const { file, line, message } of broken) process.stderr.write(`error: ${printableLine(`${file}:${line}: ${message}`)}\n`);
  if (broken.length > 0) return 2;
  return !wroteBaseline && fails(report.findings, failOn) ? 1 : 0;
}

function parseRule(given: string): readonly [string, 'error' | 'warning' | 'info' | 'off'] {
  const [id = '', severity] = given.split('=');
  if (severity === 'error' || severity === 'warning' || severity === 'info' || severity === 'off') return [id, severity];
  throw new UsageError(`--rule ${given} is not written as <rule>=error|warning|info|off.`);
}
