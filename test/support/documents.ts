/**
 * The documents and their code blocks, for the tests that keep them correct. The word after a fence's language says
 * what the block represents:
 *
 * - `excerpt=<path>`: lines of that file, in its order; a line `…` represents omitted lines.
 * - `file=<path>`: a file that programs import.
 * - `program`, `program=<folder of an example>`: compiles next to the example's `generated/` (without a folder, that of
 *   examples/tasker), runs on the example's rows, and returns what is written after `// →` and `// throws`.
 * - `says=<exit code>`: lines that the command in the preceding shell block prints for examples/tasker.
 * - `migration`: SQL that is added to the schema of examples/tasker for later commands in that document.
 * - `console in=<file>`: a recording in a new project with this file: commands after `$`, and the lines they print.
 *
 * JSON has no such word: it must be valid JSON.
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

/**
 * The first lines of an excerpt that do not occur in the whole text after the lines before them; undefined if all do.
 */
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
