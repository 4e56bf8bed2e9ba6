/** Bundles the tests of `tests.ts` with the sources of the folder that it runs in: mutated ones, in Stryker's sandbox. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { testFiles } from './tests.js';

const root = process.cwd();
const recorded = join(root, 'scripts/mutation/recorded.ts');

const replace: Plugin = {
  name: 'replace',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^@jest\/globals$/ }, () => ({ path: 'globals', namespace: 'jest' }));
    onLoad({ filter: /.*/, namespace: 'jest' }, () => ({
      contents: `export { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } from 'jest-circus'; export { jestExpect as expect } from '@jest/expect';`,
      resolveDir: root,
    }));
    onResolve({ filter: /^pg$/ }, ({ importer }) => (importer.includes('/src/') || importer === recorded ? { external: true } : { path: recorded }));
    onResolve({ filter: /\/sources\/live\.js$/ }, ({ importer }) => (importer === recorded ? undefined : { path: recorded }));
    onResolve({ filter: /\/live\.js$/ }, ({ importer }) => (importer.includes('/catalog/sources/') ? { path: recorded } : undefined));
    onResolve({ filter: /^[^./]/ }, ({ kind }) => (kind === 'entry-point' ? undefined : { external: true }));
    // Each module keeps its own place. The server's script is also a program, which a bundle cannot wait for.
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({ contents: readFileSync(path, 'utf8').replace('\n  await main(', '\n  void main(').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)), loader: 'ts' }));
  },
};

/** What sources load when they need it, loaded before any test: else only the first test that needs it would count as using it. */
const lazy = ['generate', 'diff', 'drift', 'staleness'].map((name) => `src/pipeline/${name}.ts`).concat(
  ['src/diff/usage.ts', 'src/diff/report/format.ts', 'src/drift/report/format.ts', 'src/drift/readers/rust.ts', 'src/drift/readers/typescript.ts'],
);

const entry = `
import fc from 'fast-check';
import { describe } from 'jest-circus';
fc.configureGlobal({ seed: 1 });
${lazy.map((file) => `import ${JSON.stringify(`./${file}`)};`).join('\n')}
const files = { ${testFiles.map((file) => `${JSON.stringify(file)}: () => require(${JSON.stringify(`./${file}`)})`).join(', ')} };
export const load = (wanted) => { for (const [file, run] of Object.entries(files)) if (wanted?.has(file) ?? true) describe(file, () => void run()); };
`;

await build({
  stdin: { contents: entry, resolveDir: root, loader: 'ts' },
  outfile: process.argv[2] ?? 'mutation-tests.cjs',
  bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'error', plugins: [replace],
});
