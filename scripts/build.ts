/**
 * Bundles `src/` to `dist/`, beside the declarations that tsc wrote: a few files instead of some hundred, each of which Node would have to
 * find, read and link. Run it with `npm run build`. Packages stay outside, but for Handlebars, which only templates of users' need, and
 * for `pg`, whose forty files take a twelfth of the time of a run that finds nothing new. Their licences stand beside.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { ownSources } from '../src/emit/templates.js';
import { licencesOf } from './licences.js';
import { templateFunctions } from './templates.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** `src/emit/own-templates.ts` with the templates as functions. */
const ownTemplates = () => `
import { flag, list, text, value } from './template-values.js';

export const ownTemplates = () => new Map(compiled);

${templateFunctions(ownSources())}`;

const templates: Plugin = {
  name: 'templates',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /\/src\/emit\/own-templates\.ts$/ }, () => ({ contents: ownTemplates(), resolveDir: `${root}/src/emit`, loader: 'js' }));
    // One file, with its licence, instead of a tree of files that also reads templates from disk.
    onResolve({ filter: /^handlebars$/ }, () => ({ path: require.resolve('handlebars/dist/handlebars.min.js') }));
  },
};

/** What `pg` can use and rowsmith does not have: libpq, and the sockets of another runtime. */
const absent = new Set(['pg-native', 'pg-cloudflare']);

/** What is bundled of packages that are CommonJS asks for Node's own modules only when it needs them: TLS and DNS take milliseconds to load. */
const packages: Plugin = {
  name: 'packages',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind, importer }) => {
      if (isBuiltin(path) && kind === 'require-call') return { path, namespace: 'builtin' };
      const isBundled = kind === 'entry-point' || path === 'pg' || (importer.includes('/node_modules/') && !isBuiltin(path) && !absent.has(path));
      return isBundled ? undefined : { path, external: true };
    });
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({ contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});` }));
  },
};

rmSync(`${root}/dist/chunks`, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/cli/main.ts', 'src/index.ts', 'src/plugins/index.ts', 'src/plugins/zod/index.ts', 'src/catalog/sources/sql/worker.ts', 'src/emit/stage-worker.ts'],
  outdir: 'dist',
  outbase: 'src',
  // As deep as the files of `src/`, so that what they find from their own place is found from here too.
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  plugins: [templates, packages],
  define: {
    // `pg` would ask for libpq's binding; what is used of its connection is there without it only.
    'process.env.NODE_PG_FORCE_NATIVE': 'undefined',
    // By these `pg` looks whether it runs in another runtime; at the first look Node loads its whole HTTP client.
    navigator: 'undefined',
    Response: 'undefined',
  },
  metafile: true,
  logLevel: 'warning',
});
writeFileSync(join(root, 'dist/licences.txt'), licencesOf(root, Object.keys(metafile.inputs)));
