/** Bundles the tests of `tests.ts` with the sources of the folder that it runs in: mutated ones, in Stryker's sandbox. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { rolldown, type Plugin } from 'rolldown';
import { testFiles } from './tests.js';

const root = process.cwd();
const recorded = join(root, 'scripts/mutation/recorded.ts');

const [jest, entry] = ['\0jest', '\0entry'];

const replace: Plugin = {
  name: 'replace',
  resolveId(path, importer = '') {
    if (path === entry) return entry;
    if (path === '@jest/globals') return jest;
    if (path === 'pg') return importer.includes('/src/') || importer === recorded ? { id: path, external: true } : recorded;
    if (/\/live\.js$/.test(path) && importer !== recorded && (path.endsWith('/sources/live.js') || importer.includes('/catalog/sources/'))) return recorded;
    if (importer === entry && path.startsWith('./')) return join(root, path);
    return /^[^./]/.test(path) ? { id: path, external: true } : undefined;
  },
  load(path) {
    if (path === jest) return `export { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } from 'jest-circus'; export { jestExpect as expect } from '@jest/expect';`;
    if (path === entry) return source;
    if (!path.endsWith('.ts')) return undefined;
    // Each module keeps its own place. The server's script is also a program, which a bundle cannot wait for.
    return { code: readFileSync(path, 'utf8').replace('\n  await main(', '\n  void main(').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)), moduleType: 'ts' };
  },
};

/** What sources load when they need it, loaded before any test: else only the first test that needs it would count as using it. */
const lazy = ['generate', 'diff', 'drift', 'staleness'].map((name) => `src/pipeline/${name}.ts`).concat(
  ['src/diff/usage.ts', 'src/diff/report/format.ts', 'src/drift/report/format.ts', 'src/drift/readers/rust.ts', 'src/drift/readers/typescript.ts'],
);

const source = `
import fc from 'fast-check';
import { describe } from 'jest-circus';
fc.configureGlobal({ seed: 1 });
${lazy.map((file) => `import ${JSON.stringify(`./${file}`)};`).join('\n')}
const files = { ${testFiles.map((file) => `${JSON.stringify(file)}: () => require(${JSON.stringify(`./${file}`)})`).join(', ')} };
export const load = (wanted) => { for (const [file, run] of Object.entries(files)) if (wanted?.has(file) ?? true) describe(file, () => void run()); };
`;

const bundle = await rolldown({ cwd: root, input: { entry }, platform: 'node', plugins: [replace], resolve: { extensionAlias: { '.js': ['.ts', '.js'] } }, logLevel: 'silent' });
await bundle.write({ file: process.argv[2] ?? 'mutation-tests.cjs', format: 'cjs', codeSplitting: false });
