import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Parser } from 'web-tree-sitter';
import { RowsmithError } from '../../../errors.js';

/** A parser of Rust. Both packages ship WebAssembly, so nothing is compiled when rowsmith is installed. */
export async function createParser(): Promise<Parser> {
  const { Parser, Language } = await import('web-tree-sitter');
  const require = createRequire(import.meta.url);
  await Parser.init({ locateFile: (name: string) => require.resolve(`web-tree-sitter/${name}`) });
  const parser = new Parser();
  parser.setLanguage(await Language.load(await readFile(grammarPath(require))));
  return parser;
}

/** An optional dependency: its native build, which rowsmith does not need, fails on some machines. */
function grammarPath(require: NodeJS.Require): string {
  try {
    return require.resolve('tree-sitter-rust/tree-sitter-rust.wasm');
  } catch {
    throw new RowsmithError('models-not-readable', 'Rust models cannot be read: the package tree-sitter-rust is not installed.', 'Install it: npm install --save-dev --ignore-scripts tree-sitter-rust');
  }
}
