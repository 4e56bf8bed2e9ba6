import type { Cause, CheckResult, Difference, Staleness } from '../index.js';
import { printableLine } from '../printable.js';
import { type Annotation, githubAnnotations } from '../report/github.js';
import { shownPath } from './summary.js';

/** Each cause in words. */
export const causeWords: { readonly [C in Cause]: string } = {
  schema: 'the schema changed',
  edited: 'someone edited or removed the file',
  generator: 'the generator changed (rowsmith, its config or its templates)',
};

/** What to do if a formatter seems to have changed files. */
export function formatterWords({ formatted }: Staleness, out: string): string[] {
  if (formatted.length === 0) return [];
  const files = formatted.length === 1 ? 'A file differs' : `${formatted.length} files differ`;
  const folder = printableLine(shownPath(out));
  return [`${files} only in layout, as if a formatter had run. Exclude ${folder} from it (rowsmith init does that).`];
}

/**
 * Annotations for GitHub: one for the changes in the schema, and one at each file that is stale, missing or orphaned.
 */
export function checkAnnotations({ out, changes }: CheckResult, staleness: Staleness, mend: string): string {
  const { findings, files, formatted } = staleness;
  const schema = {
    title: 'The schema changed',
    file: null,
    line: null,
    message: [...findings.map(({ message }) => message), mend].join('\n'),
  };
  const causes = new Map(
    files.map((file) => [file.path, file.causes.map((cause) => cause.map((one) => causeWords[one]).join(', or '))]),
  );
  const places = changes.map((change) => ({
    title: `The file is ${change.kind}`,
    file: shownPath(out, change.path),
    line: firstDifference(change),
    message: [
      ...(causes.get(change.path) ?? []),
      ...(formatted.includes(change.path) ? formatterWords(staleness, out) : []),
      mend,
    ].join('\n'),
  }));
  const annotations = [...(findings.length > 0 ? [schema] : []), ...places];
  return githubAnnotations(annotations.map((annotation): Annotation => ({ severity: 'error', ...annotation })));
}

/** The first line at which the committed file is wrong; null if there is none. */
function firstDifference(change: Difference): number | null {
  if (change.kind !== 'stale') return null;
  const wanted = change.text.split('\n');
  const line = change.previous.split(/\r?\n/).findIndex((text, index) => text !== wanted[index]);
  return line < 0 ? null : line + 1;
}
