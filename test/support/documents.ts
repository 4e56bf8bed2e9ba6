/**
 * The documents and their blocks of code, for the tests that keep them true. The word after a fence's language says what
 * the block stands for:
 *
 * - `excerpt=<path>`: lines of that file, in its order; a line `…` stands for lines left out.
 * - `file=<path>`: a file that programs import.
 * - `program`, `program=<folder of an example>`: compiles beside the example's `generated/` (without a folder, that of
 *   examples/tasker), runs on the example's rows, and gives what stands after `// →` and `// throws`.
 * - `says=<exit code>`: lines that the command in the shell block before it prints for examples/tasker.
 * - `migration`: SQL that the schema of examples/tasker gains for the commands after it, in that document.
 * - `console in=<file>`: a recording in a new project that has this file: commands after `$`, and the lines they print.
 *
 * JSON has no such word: it must be JSON.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { repositoryPath } from './repository.js';

export interface Block {
  readonly document: string;
  readonly place: string;
  readonly language: string;
  readonly role: string;
  readonly path: string;
  readonly text: string;
}

export const read = (path: string) => readFileSync(repositoryPath(path), 'utf8');

export const pages = readdirSync(repositoryPath('docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);

export const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'examples/README.md',
  ...readdirSync(repositoryPath('examples'), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [`examples/${entry.name}/README.md`] : [],
  ),
  ...pages,
];

export const blocks: readonly Block[] = documents.flatMap((document) => blocksOf(document, read(document)));

export const having = (role: string) => blocks.filter((block) => block.role === role);

function blocksOf(document: string, markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w+)(?: (\w+)(?:=(\S+))?)?\n([\s\S]*?)^```$/gm)].map(
    ({ index, 1: language = '', 2: role = '', 3: path = '', 4: text = '' }) => {
      const line = markdown.slice(0, index).split('\n').length;
      return { document, place: `${document}:${line}`, language, role, path, text };
    },
  );
}

/** The first lines of an excerpt that are not in the whole text, after those before them; undefined if all are. */
export function missingLines(excerpt: string, whole: string): string | undefined {
  let rest = `\n${whole}\n`;
  for (const run of excerpt.split(/^\s*…\n/m)) {
    if (run === '') continue;
    const at = rest.indexOf(`\n${run}`);
    if (at < 0) return run;
    rest = rest.slice(at + run.length);
  }
  return undefined;
}
