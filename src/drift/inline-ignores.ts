import type { SourceText } from './declared.js';
import type { Finding } from './finding.js';

/** A comment `drift-ignore <rule>` in a model's file. */
export interface InlineIgnore {
  readonly rule: string;
  readonly file: string;
  /** Where the comment stands. */
  readonly line: number;
  /** The line that it speaks of: its own, or the next one that is neither comment nor attribute. */
  readonly about: number;
}

export interface InlineResult {
  readonly kept: readonly Finding[];
  readonly ignored: readonly Finding[];
  readonly unused: readonly InlineIgnore[];
}

const comment = /(?:\/\/|\/\*|^\s*\*).*?\bdrift-ignore\s+([\w*-]+(?:\s*,\s*[\w*-]+)*)/;
const preamble = /^\s*(\/\/|\/\*|\*|#\[|@|$)/;

/** The ignore comments of files, in their order. Several rules are separated by commas. */
export function findInlineIgnores(files: readonly SourceText[]): readonly InlineIgnore[] {
  return files.filter(({ text }) => text.includes('drift-ignore')).flatMap(({ file, text }) => {
    const lines = text.split('\n');
    return lines.flatMap((line, index) => {
      const rules = comment.exec(line)?.[1];
      if (rules === undefined) return [];
      const alone = /^\s*(\/\/|\/\*|\*)/.test(line);
      const next = lines.findIndex((candidate, other) => other > index && !preamble.test(candidate));
      return rules.split(',').map((rule) => ({ rule: rule.trim(), file, line: index + 1, about: alone ? next + 1 : index + 1 }));
    });
  });
}

export function applyInlineIgnores(findings: readonly Finding[], ignores: readonly InlineIgnore[]): InlineResult {
  const used = new Set<InlineIgnore>();
  const kept: Finding[] = [];
  const ignored: Finding[] = [];
  for (const finding of findings) {
    const matching = ignores.filter(({ rule, file, about }) => file === finding.file && about === finding.line && (rule === finding.rule || rule === '*'));
    for (const ignore of matching) used.add(ignore);
    (matching.length > 0 ? ignored : kept).push(finding);
  }
  return { kept, ignored, unused: ignores.filter((ignore) => !used.has(ignore)) };
}
