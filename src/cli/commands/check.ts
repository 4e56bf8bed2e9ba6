import { type CheckResult, checkAll, type Difference, type Staleness } from '../../index.js';
import { printable } from '../../printable.js';
import { causeWords, checkAnnotations, formatterWords } from '../check-annotations.js';
import { generateCommandLine, readOutputInput } from '../input.js';
import { Messages } from '../messages.js';
import type { Arguments } from '../options.js';
import { jsonResults, schemaWords, shownPath, upToDate } from '../summary.js';

export async function runCheck(args: Arguments<'check'>): Promise<number> {
  const messages = new Messages(args);
  const options = await readOutputInput(args, messages);
  const isCurrent = ({ changes }: CheckResult) => changes.length === 0;
  const results = await messages.during(() => checkAll(options));
  process.stdout.write(args.json ? jsonResults(results, messages, true) : await resultsText(results, args));
  return results.every(isCurrent) ? 0 : 1;
}

async function resultsText(results: readonly CheckResult[], args: Arguments<'check'>): Promise<string> {
  const mend = `Fix it with: ${generateCommandLine(args)}`;
  const texts: string[] = [];
  for (const result of results) {
    if (args.format === 'github' && result.staleness) texts.push(checkAnnotations(result, result.staleness, mend));
    else if (!args.silent)
      texts.push(
        result.changes.length === 0
          ? upToDate(result.out, result.files.length)
          : `${explanation(result)}${await report(result)}\n`,
      );
  }
  const isStale = results.some(({ changes }) => changes.length > 0);
  return isStale && args.format !== 'github' && !args.silent ? `${texts.join('')}${printable(mend)}\n` : texts.join('');
}

/**
 * Explains why an output is stale: what changed in the schema, which files somebody edited, and which files rowsmith
 * would now write differently.
 */
function explanation({ out, staleness }: CheckResult): string {
  if (!staleness) return '';
  const schema = staleness.findings.length > 0 ? [schemaWords(staleness.findings)] : [];
  const formatter = formatterWords(staleness, out).map((text) => `${text}\n`);
  return [...schema, ...causes(staleness, out).map(printable), ...formatter].map((part) => `${part}\n`).join('');
}

/**
 * A paragraph with the files for each cause, or for each set of causes that cannot be distinguished. Files that only
 * the schema made stale are omitted, because its changes are listed.
 */
function causes({ files, findings }: Staleness, out: string): string[] {
  const paths = new Map<string, string[]>();
  for (const file of files) {
    for (const found of file.causes) {
      if (found.join() === 'schema' && findings.length > 0) continue;
      const words = found.map((cause) => causeWords[cause]).join(', or ');
      paths.set(words, [...(paths.get(words) ?? []), shownPath(out, file.path)]);
    }
  }
  return [...paths].map(
    ([words, list]) =>
      `${words.charAt(0).toUpperCase()}${words.slice(1)}:\n${list.map((path) => `  ${path}\n`).join('')}`,
  );
}

/** A line for each file, then the differences from the committed text to the correct one. */
async function report({ out, changes }: CheckResult): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  const shown = (change: Difference) => shownPath(out, change.path);
  const list = changes.map((change) => `${change.kind}: ${shown(change)}`);
  const patches = changes.map((change) => {
    const previous = change.kind === 'missing' ? '' : change.previous.replaceAll('\r\n', '\n');
    const next = change.kind === 'orphaned' ? '' : change.text;
    const from = change.kind === 'missing' ? '/dev/null' : shown(change);
    const to = change.kind === 'orphaned' ? '/dev/null' : shown(change);
    return createTwoFilesPatch(from, to, previous, next, 'committed', 'should be');
  });
  return printable(`${list.join('\n')}\n\n${patches.join('\n')}`);
}
