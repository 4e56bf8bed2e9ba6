import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Language, Parser } from 'web-tree-sitter';
import { RowsmithError } from '../../../errors.js';

let grammar: Promise<Language> | undefined;

/** A parser of Rust. Both packages ship WebAssembly, so nothing is compiled when rowsmith is installed. */
export async function createParser(): Promise<Parser> {
  const { Parser } = await import('web-tree-sitter');
  // A second start would give the first one's parsers another memory, so it happens once in a process.
  grammar ??= loadGrammar();
  const language = await grammar;
  const parser = new Parser();
  parser.setLanguage(language);
  return parser;
}

async function loadGrammar(): Promise<Language> {
  const { Parser, Language } = await import('web-tree-sitter');
  const require = createRequire(import.meta.url);
  await Parser.init({ locateFile: (name: string) => require.resolve(`web-tree-sitter/${name}`) });
  return Language.load(await readFile(grammarPath(require)));
}

/** An optional dependency: its native build, which rowsmith does not need, fails on some machines. */
function grammarPath(require: NodeJS.Require): string {
  try {
    return require.resolve('tree-sitter-rust/tree-sitter-rust.wasm');
  } catch {
    throw new RowsmithError('models-not-readable', 'Rust models cannot be read: the package tree-sitter-rust is not installed.', 'Install it: npm install --save-dev --ignore-scripts tree-sitter-rust');
  }
}
