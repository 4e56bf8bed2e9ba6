import type { CommandModule } from 'yargs';
import { diff, failOnLevels, fails, formatDiff, parseSource, reportFormats, type FailOn, type ReportFormat } from '../../index.js';
import { projectOption, readInput, silentOption, timeoutOption } from '../input.js';
import { Messages, type Verbosity } from '../messages.js';
import { hasColour } from '../terminal.js';

interface DiffArguments extends Pick<Verbosity, 'silent'> {
  readonly from?: readonly string[] | undefined;
  readonly to?: readonly string[] | undefined;
  readonly config?: string | undefined;
  readonly out?: string | undefined;
  readonly project?: string | undefined;
  readonly timeout?: number | undefined;
  readonly usage?: readonly string[] | undefined;
  readonly format: ReportFormat;
  readonly 'fail-on'?: FailOn | undefined;
}

const source = { type: 'string', array: true, requiresArg: true } as const;

export function diffCommand(exit: (code: number) => void): CommandModule<object, DiffArguments> {
  return {
    command: 'diff',
    describe: 'What changed in the schema, and which code it breaks',
    builder: (yargs) =>
      yargs
        .usage('$0 diff [--from <source>] [--to <source>]\n\nA source is a database URL, SQL files or folders, or a catalog.json.')
        .option('from', { ...source, describe: "The older schema [the output folder's catalog.json]" })
        .option('to', { ...source, describe: "The newer schema [the config's source, or DATABASE_URL]" })
        .option('config', { type: 'string', requiresArg: true, describe: 'Config file [rowsmith.config.*]' })
        .option('out', { type: 'string', requiresArg: true, describe: 'Output folder [generated]' })
        .option('project', { ...projectOption, describe: 'One of the projects of the config' })
        .option('timeout', timeoutOption)
        .option('usage', {
          type: 'string',
          array: true,
          requiresArg: true,
          describe: 'TypeScript files (glob): what they do not name counts as info',
        })
        .option('format', { choices: reportFormats, default: 'text' as const, describe: 'How to report' })
        .option('silent', silentOption)
        .option('fail-on', { choices: failOnLevels, describe: 'Exit 1 from this on: error is breaking, warning dangerous [error]' })
        .epilogue('Exit codes: 0 clean, 1 changes at or above --fail-on, 2 when the question could not be answered.'),
    handler: async (args) => exit(await runDiff(args)),
  };
}

async function runDiff({ from, to, usage, format, silent, 'fail-on': failOn, ...args }: DiffArguments): Promise<number> {
  const messages = new Messages({ silent });
  const input = await readInput(args, messages);
  const sides = { ...(from ? { from: parseSource(from) } : {}), ...(to ? { to: parseSource(to) } : {}) };
  const result = await messages.during(() => diff({ ...input, ...sides, ...(usage ? { usage } : {}) }));
  const colour = hasColour(process.stdout);
  if (!silent || format !== 'text') process.stdout.write(await formatDiff(result, format, { colour }));
  return fails(result.findings, failOn ?? input.config.diff?.failOn ?? 'error') ? 1 : 0;
}
