import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Language, Parser } from 'web-tree-sitter';
import { importPeer, loadPeer } from '../../../peer.js';

const peer = { names: ['web-tree-sitter', 'tree-sitter-rust'], user: 'Models in Rust' } as const;

type TreeSitter = typeof import('web-tree-sitter');

let grammar: Promise<Language> | undefined;

/**
 * Loads the Rust grammar and gives a function that makes parsers. Both packages ship WebAssembly, so installing them
 * compiles nothing.
 */
export async function loadParser(): Promise<() => Parser> {
  const { Parser } = await importPeer<TreeSitter>(peer, 'web-tree-sitter');
  // Once in a process: a second start would replace the memory under the parsers of the first.
  grammar ??= loadPeer(peer, loadGrammar);
  const language = await grammar;
  return () => {
    const parser = new Parser();
    parser.setLanguage(language);
    return parser;
  };
}

async function loadGrammar(): Promise<Language> {
  const { Parser, Language } = await importPeer<TreeSitter>(peer, 'web-tree-sitter');
  const require = createRequire(import.meta.url);
  await Parser.init({ locateFile: (name: string) => require.resolve(`web-tree-sitter/${name}`) });
  return Language.load(await readFile(require.resolve('tree-sitter-rust/tree-sitter-rust.wasm')));
}
