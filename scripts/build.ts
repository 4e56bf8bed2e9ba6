/**
 * Bundles `src/` to `dist/`, beside the declarations that tsc wrote: a few files instead of some hundred, each of which Node would have to
 * find, read and link. Run it with `npm run build`. Packages stay outside, but for Handlebars, of which a run needs a small part.
 */
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import Handlebars from 'handlebars';
import { compileOptions, ownSources } from '../src/emit/templates.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** `src/emit/own-templates.ts` with the templates compiled. */
function compiledTemplates(): string {
  const sources = ownSources();
  const options = compileOptions(sources);
  const entries = [...sources].map(([name, source]) => `  [${JSON.stringify(name)}, ${String(Handlebars.precompile(source, options))}],\n`);
  return `
import Handlebars from 'handlebars/runtime.js';
import { linkTemplates } from './templates.js';

export function ownTemplates() {
  const handlebars = Handlebars.create();
  return linkTemplates(handlebars, new Map(compiled.map(([name, template]) => [name, handlebars.template(template)])));
}

const compiled = [
${entries.join('')}];
`;
}

const templates: Plugin = {
  name: 'templates',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /\/src\/emit\/own-templates\.ts$/ }, () => ({ contents: compiledTemplates(), resolveDir: `${root}/src/emit`, loader: 'js' }));
    // One file each, with its licence, instead of a tree of files that also reads templates from disk.
    onResolve({ filter: /^handlebars$/ }, () => ({ path: require.resolve('handlebars/dist/handlebars.min.js') }));
    onResolve({ filter: /^handlebars\/runtime\.js$/ }, () => ({ path: require.resolve('handlebars/dist/handlebars.runtime.min.js') }));
    onResolve({ filter: /^[^./]/ }, ({ kind }) => (kind === 'entry-point' ? undefined : { external: true }));
  },
};

rmSync(`${root}/dist/chunks`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['src/cli/main.ts', 'src/index.ts', 'src/plugins/index.ts', 'src/plugins/zod/index.ts'],
  outdir: 'dist',
  outbase: 'src',
  // As deep as the files of `src/`, so that what they find from their own place is found from here too.
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  plugins: [templates],
  logLevel: 'warning',
});
