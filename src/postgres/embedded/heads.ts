import { createHash } from 'node:crypto';
import { countPlain } from './plain.js';
import type { Script, Statement } from './script.js';

/**
 * A head is what some SQL begins with: its first statements, in their files. A data directory is kept after one, so that only what follows has to run
 * when the end of the SQL has changed: a migration that is new, a table more. Its name is made of every character of its statements and of where files
 * end, for each file is a session of its own. The number has to go up when another rowsmith does something else with the same statements.
 */
const format = 1;

const pattern = /^pglite-head-(\d+)-[0-9a-f]{32}\.snapshot$/;

export function isHead(name: string): boolean {
  return pattern.test(name);
}

/** Of how many statements a head of this name is: of none, where there is no name. */
export function countOf(name: string | undefined): number {
  return Number(pattern.exec(name ?? '')?.[1] ?? 0);
}

/** The name of the head of so many statements. It reaches to its last statement, and not to the end of that one's file. */
export function headName(scripts: readonly Script[], count: number): string {
  const hash = createHash('sha256').update(`format ${format}`);
  let left = count;
  for (const { statements } of scripts) {
    hash.update(statements.slice(0, left).map(({ text }) => `\n${text.length} ${text}`).join(''));
    left -= statements.length;
    if (left <= 0) break;
    hash.update('\nend of file');
  }
  return `pglite-head-${count}-${hash.digest('hex').slice(0, 32)}.snapshot`;
}

/** The longest of the kept heads that the scripts begin with. */
export function longestHead(scripts: readonly Script[], kept: readonly string[]): string | undefined {
  const total = scripts.reduce((sum, { statements }) => sum + statements.length, 0);
  const longestFirst = kept.filter((name) => countOf(name) <= total).sort((a, b) => countOf(b) - countOf(a));
  return longestFirst.find((name) => name === headName(scripts, countOf(name)));
}

/** What stands at the end is what changes most, so that many characters are left out of a head; they run in 30 ms. */
const endCharacters = 10_000;

/** A head is kept where it saves the run of so many characters more than one that is there: a tenth of a second. */
const leastCharacters = 40_000;

/** How many statements the head has that should be kept, given how many a kept one had; undefined where it would not pay. */
export function countToKeep(scripts: readonly Script[], already: number): number | undefined {
  const following = withoutEnd(scripts.flatMap(({ statements }) => statements).slice(already));
  if (charactersOf(following) < leastCharacters) return undefined;
  const count = countPlain(following);
  return charactersOf(following.slice(0, count)) < leastCharacters ? undefined : already + count;
}

function withoutEnd(statements: readonly Statement[]): readonly Statement[] {
  let characters = 0;
  return statements.slice(0, statements.findLastIndex(({ text }) => (characters += text.length) >= endCharacters) + 1);
}

export function charactersOf(statements: readonly Statement[]): number {
  return statements.reduce((sum, { text }) => sum + text.length, 0);
}
