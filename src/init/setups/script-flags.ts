import type { Project } from '../project.js';

/** Flags of a command in a script, and the script where they stand. */
export interface ScriptFlags {
  readonly from: string;
  /** Flags by their names without dashes; true for a flag without a value, false for `--no-…`. */
  readonly flags: ReadonlyMap<string, string | boolean>;
}

/**
 * The flags that a script of package.json gives to a command. A word after a flag is its value unless it begins with a
 * dash.
 */
export function flagsOf({ manifest }: Project, command: string): ScriptFlags | undefined {
  for (const [name, script] of Object.entries(manifest?.scripts ?? {})) {
    const words = wordsOf(String(script));
    const start = words.findIndex((word) => word === command || word.endsWith(`/${command}`));
    if (start < 0) continue;
    const end = words.findIndex((word, index) => index > start && /^(&&?|\|\|?|;)$/.test(word));
    return {
      from: `package.json, script "${name}"`,
      flags: readFlags(words.slice(start + 1, end < 0 ? undefined : end)),
    };
  }
  return undefined;
}

function readFlags(words: readonly string[]): Map<string, string | boolean> {
  const flags = new Map<string, string | boolean>();
  for (const [index, word] of words.entries()) {
    const [, no, name, value] = /^--(no-)?([a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) continue;
    if (no !== undefined) flags.set(name, false);
    else flags.set(name, value ?? valueIn(words[index + 1]));
  }
  return flags;
}

/** The value of a flag in the word after it; true where that word is the next flag, or missing. */
function valueIn(next: string | undefined): string | true {
  return next === undefined || next.startsWith('-') ? true : next;
}

/** Splits a line into words as a shell does, as far as package scripts need it. */
function wordsOf(line: string): string[] {
  return (line.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'])+/g) ?? []).map((word) =>
    word.replace(
      /"((?:[^"\\]|\\.)*)"|'([^']*)'/g,
      (_, double?: string, single?: string) => single ?? double?.replace(/\\(.)/g, '$1') ?? '',
    ),
  );
}
