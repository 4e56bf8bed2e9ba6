/**
 * Bundles `src/` to `dist/`: ES modules with source maps, and every package outside. `npm run build` runs it, then has
 * tsc write the declarations.
 */
import { readFileSync } from 'node:fs';
import { defineConfig, type InputOptions, type Plugin } from 'rolldown';
import { precompiled } from './src/emit/compile-templates.js';
import { ownSources } from './src/emit/templates.js';

const { exports, bin } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
  readonly bin: Readonly<Record<string, string>>;
};

/** What people import and run, by package.json: `dist/plugins/zod/index.js` is made of `src/plugins/zod/index.ts`. */
const modules = Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [] : [entry.default]));
const entries = [...modules, ...Object.values(bin)].map((path) =>
  path.replace(/^(\.\/)?dist\//, '').replace(/\.js$/, ''),
);

/**
 * The text of rowsmith's own templates, as functions that Handlebars' runtime runs, in the place of the module that
 * compiles them.
 */
const templates: Plugin = {
  name: 'templates',
  load: {
    filter: { id: /\/src\/emit\/own-templates\.ts$/ },
    handler: () => ({
      code: `import { runTemplates } from './run-templates.js';\nexport const ownTemplates = () => runTemplates(${precompiled(ownSources())});\n`,
      moduleType: 'js',
    }),
  },
};

const common: InputOptions = {
  platform: 'node',
  external: /^[^./]/,
  plugins: [templates],
  resolve: { extensionAlias: { '.js': ['.ts'] } },
  treeshake: { moduleSideEffects: false },
  transform: { target: 'node20' },
};

const output = { dir: 'dist', sourcemap: true, sourcemapExcludeSources: true } as const;

/** What runs in a thread or process of its own imports no file of rowsmith's. */
const alone = ['postgres/embedded/server'];

const inputOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, `src/${name}.ts`]));

export default defineConfig([
  { ...common, input: inputOf(entries), output: { ...output, cleanDir: true, chunkFileNames: 'chunks/[name].js' } },
  ...alone.map((name) => ({ ...common, input: inputOf([name]), output: { ...output, codeSplitting: false } })),
]);
