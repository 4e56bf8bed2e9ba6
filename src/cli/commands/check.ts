import { join, relative } from 'node:path';
import type { CommandModule } from 'yargs';
import { checkAll, type Cause, type Change, type CheckResult, type GenerateResult, type Staleness } from '../../index.js';
import { generateCommandLine, inputOptions, readInput, type InputArguments } from '../input.js';
import { remembering, upToDate } from '../unchanged.js';

export function checkCommand(exit: (code: number) => void): CommandModule<object, InputArguments> {
  return {
    command: 'check',
    describe: 'Exit 1 when the committed output is stale, and show how (generate --check)',
    builder: inputOptions,
    handler: async (args) => exit(await runCheck(args)),
  };
}

export async function runCheck(args: InputArguments): Promise<number> {
  const isCurrent = ({ changes }: CheckResult) => changes.length === 0;
  const results = await remembering(await readInput(args), checkAll, isCurrent);
  for (const result of results) {
    process.stdout.write(isCurrent(result) ? upToDate(result.out, result.files.length) : `${explanation(result)}${await report(result)}\n`);
  }
  if (results.every(isCurrent)) return 0;
  process.stdout.write(`Mend it with: ${generateCommandLine(args)}\n`);
  return 1;
}

/** Why, in words: what changed in the schema, which files somebody edited, and which rowsmith would write otherwise today. */
function explanation({ out, staleness }: CheckResult): string {
  if (!staleness) return '';
  const schema =
    staleness.findings.length > 0 ? [`The schema changed:\n${staleness.findings.map(({ message }) => `  ${message}`).join('\n')}`] : [];
  return [...schema, ...causes(staleness, out)].map((part) => `${part}\n\n`).join('');
}

/** A paragraph for each cause, or causes that cannot be told apart, with the files. The schema's speak for themselves. */
function causes({ files, findings }: Staleness, out: string): string[] {
  const paths = new Map<string, string[]>();
  for (const file of files) {
    for (const found of file.causes) {
      if (found.join() === 'schema' && findings.length > 0) continue;
      const words = found.map((cause) => causeWords[cause]).join(', or ');
      paths.set(words, [...(paths.get(words) ?? []), relative(process.cwd(), join(out, file.path)).replaceAll('\\', '/')]);
    }
  }
  return [...paths].map(
    ([words, list]) => `${words.charAt(0).toUpperCase()}${words.slice(1)}:\n${list.map((path) => `  ${path}`).join('\n')}`,
  );
}

const causeWords: { readonly [C in Cause]: string } = {
  schema: 'the schema changed',
  edited: 'someone edited or removed the file',
  generator: 'the generator changed (rowsmith, its config or its templates)',
};

/** A line for each file, then what is committed → what it should be. */
async function report({ out, changes }: GenerateResult): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  const shown = (change: Change) => relative(process.cwd(), join(out, change.path)).replaceAll('\\', '/');
  const list = changes.map((change) => `${change.kind}: ${shown(change)}`);
  const patches = changes.map((change) => {
    const previous = change.kind === 'missing' ? '' : change.previous.replaceAll('\r\n', '\n');
    const next = change.kind === 'orphaned' ? '' : change.text;
    const from = change.kind === 'missing' ? '/dev/null' : shown(change);
    const to = change.kind === 'orphaned' ? '/dev/null' : shown(change);
    return createTwoFilesPatch(from, to, previous, next, 'committed', 'should be');
  });
  return `${list.join('\n')}\n\n${patches.join('\n')}`;
}
