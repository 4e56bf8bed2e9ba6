import type { SourceText } from './declared.js';
import type { Finding } from './finding.js';
import { groupBy } from './group.js';

/** A comment `drift-ignore <rule>` in a model's file. */
export interface InlineIgnore {
  readonly rule: string;
  readonly file: string;
  /** Where the comment stands. */
  readonly line: number;
  /** The line that the comment is about: its own, or the next one that is neither comment nor attribute. */
  readonly about: number;
}

export interface InlineResult {
  readonly left: readonly Finding[];
  readonly ignored: readonly Finding[];
  readonly unused: readonly InlineIgnore[];
}

const rulesAfter = /\bdrift-ignore\s+([\w*-]+(?:\s*,\s*[\w*-]+)*)/;
const opening = /\/\/|\/\*|^\s*\*/;
const preamble = /^\s*(\/\/|\/\*|\*|#\[|@|$)/;

/** Finds the ignore comments of files, in their order. A comment may name several rules, separated by commas. */
export function findInlineIgnores(files: readonly SourceText[]): readonly InlineIgnore[] {
  return files
    .filter(({ text }) => text.includes('drift-ignore'))
    .flatMap(({ file, text }) => {
      const lines = text.split('\n');
      const found: InlineIgnore[] = [];
      // Backwards, so that the next line that is neither comment nor attribute is known already.
      let next = -1;
      for (let index = lines.length - 1; index >= 0; index--) {
        const line = lines[index] ?? '';
        const about = /^\s*(\/\/|\/\*|\*)/.test(line) ? next + 1 : index + 1;
        for (const rule of rulesIn(line).reverse()) found.push({ rule, file, line: index + 1, about });
        if (!preamble.test(line)) next = index;
      }
      return found.reverse();
    });
}

/** The rules that a comment on the line names after `drift-ignore`. */
function rulesIn(line: string): string[] {
  const start = opening.exec(line)?.index;
  const rules = start === undefined ? undefined : rulesAfter.exec(line.slice(start))?.[1];
  return rules === undefined ? [] : rules.split(',').map((rule) => rule.trim());
}

/** Splits findings into those that a comment ignores and the rest. */
export function applyInlineIgnores(findings: readonly Finding[], ignores: readonly InlineIgnore[]): InlineResult {
  const placeOf = (file: string | null, line: number | null) => JSON.stringify([file, line]);
  const byPlace = groupBy(ignores, ({ file, about }) => placeOf(file, about));
  const used = new Set<InlineIgnore>();
  const left: Finding[] = [];
  const ignored: Finding[] = [];
  for (const finding of findings) {
    const matching = (byPlace.get(placeOf(finding.file, finding.line)) ?? []).filter(
      ({ rule }) => rule === finding.rule || rule === '*',
    );
    for (const ignore of matching) used.add(ignore);
    (matching.length > 0 ? ignored : left).push(finding);
  }
  return { left, ignored, unused: ignores.filter((ignore) => !used.has(ignore)) };
}
