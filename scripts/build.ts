/**
 * Bundles `src/` to `dist/`, beside the declarations that tsc wrote: a few files instead of some hundred, each of which Node would have to
 * find, read and link. Run it with `npm run build`. Packages stay outside, but for Handlebars, which only templates of users' need, and for `pg`
 * and `pluralize`, whose files take a twelfth of the time of a run that finds nothing new. Their licences stand beside.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown, type InputOptions, type OutputChunk, type OutputOptions, type Plugin } from 'rolldown';
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

/** What is bundled of packages, and what of them: Handlebars has one file, with its licence, instead of a tree of files that also reads templates from disk. */
const bundled: Readonly<Record<string, string>> = {
  handlebars: 'handlebars/dist/handlebars.min.js',
  pg: 'pg/lib/index.js',
  pluralize: 'pluralize',
};

/** What `pg` can use and rowsmith does not have: libpq, and the sockets of another runtime. */
const absent = new Set(['pg-native', 'pg-cloudflare']);

/** A CommonJS module that asks for another only where it uses it. */
function asked(code: string, name: string, path: string): string {
  const statement = `const ${name} = require('${path}')`;
  if (!code.includes(statement)) throw new Error(`There is no ${statement}.`);
  return code.replace(statement, '').replace(new RegExp(`(?<![\\w./])${name}\\.`, 'g'), `require('${path}').`);
}

const packages: Plugin = {
  name: 'packages',
  resolveId(path, importer) {
    if (importer === undefined) return undefined;
    if (isBuiltin(path)) return { id: path, external: true };
    if (bundled[path] !== undefined) return require.resolve(bundled[path]);
    const isOutside = /^[^./]/.test(path) && (!importer.includes('/node_modules/') || absent.has(path));
    return isOutside ? { id: path, external: true } : undefined;
  },
  // The answer to a password needs Node's cryptography, which takes milliseconds to load; many servers ask for none.
  transform: (code, path) => (path.endsWith('/pg/lib/client.js') ? asked(code, 'crypto', './crypto/utils') : path.endsWith('/pg/lib/crypto/sasl.js') ? asked(code, 'crypto', './utils') : undefined),
  load: (path) => (path.endsWith('/src/emit/own-templates.ts') ? { code: ownTemplates(), moduleType: 'js' } : undefined),
};

const input: InputOptions = {
  cwd: root,
  platform: 'node',
  // A package that is there for what it does when it is loaded is imported by no one.
  treeshake: { moduleSideEffects: 'no-external' },
  // What is loaded with others anyway may still be asked for later.
  checks: { ineffectiveDynamicImport: false },
  plugins: [packages],
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  transform: {
    target: 'node20',
    define: {
      // `pg` would ask for libpq's binding; what is used of its connection is there without it only.
      'process.env.NODE_PG_FORCE_NATIVE': 'undefined',
      // By these `pg` looks whether it runs in another runtime; at the first look Node loads its whole HTTP client.
      navigator: 'undefined',
      Response: 'undefined',
    },
  },
};

/**
 * What is loaded together, each with what it always needs: of a database the first two to see that nothing changed, and the third to read it;
 * the fourth while the server makes its answer. Of files all but the second.
 */
const groups = [
  { name: 'shared', test: /\/src\/(index|catalog\/fingerprint|postgres\/sql-state)\.ts$/, priority: 4 },
  { name: 'database', test: /\/src\/(catalog\/database-fingerprint|postgres\/live\/open-live)\.ts$/, priority: 3 },
  { name: 'command', test: /\/src\/(cli\/run-command|config\/load|pipeline\/generate)\.ts$/, priority: 2 },
  { name: 'render', test: /\/src\/(pipeline\/render|emit\/own-templates)\.ts$/, priority: 1 },
];

/** What Node loads fastest, and the command line keeps compiled (`src/cli/chunks.ts`), is CommonJS. What others import is an ES module, at `path`, before one. */
const entries: Readonly<Record<string, { readonly source: string; readonly path?: string }>> = {
  'run-command.cjs': { source: 'src/cli/run-command.ts' },
  'index.cjs': { source: 'src/index.ts', path: 'index.js' },
  'plugin.cjs': { source: 'src/plugins/index.ts', path: 'plugins/index.js' },
  'zod.cjs': { source: 'src/plugins/zod/index.ts', path: 'plugins/zod/index.js' },
};

async function bundle(entries: Readonly<Record<string, string>>, output: OutputOptions): Promise<readonly OutputChunk[]> {
  const { output: files } = await (await rolldown({ ...input, input: entries })).generate({ ...output, entryFileNames: '[name]', chunkFileNames: '[name].cjs' });
  return files.filter((file) => file.type === 'chunk');
}

/** Paths are of `dist/`. */
function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, 'dist', path)), { recursive: true });
  writeFileSync(join(root, 'dist', path), text);
}

/** Modules of Node's that take milliseconds to load, together: a file asks for them where it uses them. */
const slow = ['crypto', 'fs/promises', 'v8'];

function late(code: string): string {
  return slow.reduce((changed, name) => {
    const variable = `node_${name.replace('/', '_')}`;
    const asking = changed.replace(`let ${variable} = require("node:${name}");\n`, '').replaceAll(`(0, ${variable}.`, `(0, require("node:${name}").`);
    if (asking.includes(`${variable}.`)) throw new Error(`node:${name} is used otherwise than by calls.`);
    return asking;
  }, code);
}

/** What is imported while a chunk runs, an ES module in a package or a config, its loader imports: Node imports nothing for code that is taken from a cache. */
function importingOutside(code: string): string {
  const replaced = code.replace(/(?<=[\s(])import\(/g, 'importOutside(');
  return replaced === code ? code : `const importOutside = require.importOutside ?? ((specifier) => import(specifier));\n${replaced}`;
}

/** Every other character as an escape: Node makes a string of bytes faster, and V8 keeps it in half the space. */
const asAscii = (code: string) => code.replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** An ES module that gives what a chunk exports. */
function facade(path: string, { fileName, exports }: OutputChunk): string {
  const chunk = `${relative(dirname(path), '.') || '.'}/chunks/${fileName}`;
  return `import { createRequire } from 'node:module';\n\nexport const { ${exports.join(', ')} } = createRequire(import.meta.url)('${chunk}');\n`;
}

rmSync(join(root, 'dist/chunks'), { recursive: true, force: true });
const chunks = await bundle(Object.fromEntries(Object.entries(entries).map(([chunk, { source }]) => [chunk, source])), { format: 'cjs', codeSplitting: { groups } });
for (const chunk of chunks) {
  write(`chunks/${chunk.fileName}`, asAscii(importingOutside(late(chunk.code))));
  const { path } = entries[chunk.fileName] ?? {};
  if (path !== undefined) write(path, facade(path, chunk));
}
/** Threads share nothing with others. */
const threads = await Promise.all(
  ['postgres/embedded/server', 'output/stage-worker'].map(async (path) => {
    const [thread] = await bundle({ thread: `src/${path}.ts` }, { format: 'esm', codeSplitting: false });
    if (!thread) throw new Error(`${path} gave no file.`);
    write(`${path}.js`, thread.code);
    return thread;
  }),
);
const [main] = await bundle({ main: 'src/cli/main.ts' }, { format: 'cjs', codeSplitting: false });
if (!main) throw new Error('The command line gave no file.');
// An ES module that imports nothing: to give its own modules to one that imports them takes Node two milliseconds.
write('cli/main.js', late(main.code).replace(/^#!.*\n/, '$&const require = process.getBuiltinModule, __filename = import.meta.filename;\n'));
write('licences.txt', licencesOf(root, [...chunks, ...threads, main].flatMap(({ moduleIds }) => moduleIds.map((id) => relative(root, id)))));
