/**
 * The import rule. The folders of `src/` build on each other in one direction, a heavy package is known to one folder
 * only, and no two files need each other. Prints each violation as `file:line: message` and exits 1. The table of the
 * rule in ARCHITECTURE.md has to be the one that stands here.
 *
 *     npm run check-imports
 *     npm run check-imports -- --table      prints the table for ARCHITECTURE.md
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

interface FolderRule {
  /** A folder of `src/`, or a file directly in it. */
  readonly name: string;
  readonly does: string;
  readonly mayImport: readonly string[];
  /** Parts that it may import with `import type` only. */
  readonly mayImportTypes?: readonly string[];
  readonly because: string;
}

const FOLDERS: readonly FolderRule[] = [
  {
    name: 'errors',
    does: 'the one error class: code, message, hint',
    mayImport: [],
    because: 'every stage throws them, so they depend on none',
  },
  {
    name: 'cache-folder',
    does: 'the folder for what can be recomputed',
    mayImport: [],
    because: 'any stage may keep what it can recompute',
  },
  { name: 'digest', does: 'a short digest of a text', mayImport: [], because: 'any stage may identify a text by it' },
  { name: 'progress', does: 'the progress of a run', mayImport: [], because: 'any stage may report progress' },
  {
    name: 'printable',
    does: 'foreign texts, made safe to print',
    mayImport: [],
    because: 'any stage may print a foreign text',
  },
  {
    name: 'peer',
    does: 'loads an optional package, or says how to install it',
    mayImport: ['errors'],
    because: 'any stage may need an optional package',
  },
  {
    name: 'packed-error',
    does: 'an error as it passes from one thread or process to another',
    mayImport: ['errors'],
    because: 'any stage may have a thread whose errors it reports',
  },
  {
    name: 'package-file',
    does: 'finds files of the installed package that a bundle does not contain',
    mayImport: ['errors'],
    because: 'any stage may need such a file',
  },
  {
    name: 'postgres',
    does: 'a `Session` on a live server or on the embedded Postgres',
    mayImport: ['package-file', 'printable', 'errors', 'packed-error', 'peer', 'cache-folder', 'progress'],
    because: 'it runs SQL, whoever asks',
  },
  {
    name: 'catalog',
    does: 'what PostgreSQL says: the catalog query, proofs, inference, `catalog.json`',
    mayImport: ['printable', 'errors', 'postgres'],
    because: 'it states facts, whatever the config does with them',
  },
  {
    name: 'config',
    does: "what a user may write: the config's type, validation, loading",
    mayImport: ['package-file', 'errors'],
    mayImportTypes: ['catalog', 'plugins'],
    because: 'it is loaded before any catalog is read; only its functions receive a column',
  },
  {
    name: 'selection',
    does: 'applies a config to a catalog: patterns, settings of each table, refusals',
    mayImport: ['errors', 'postgres', 'catalog', 'config'],
    because: 'it compares a config with a catalog, and does not know what is made of them',
  },
  {
    name: 'model',
    does: 'what the schema means: names, types, state machines, computed fields, relations',
    mayImport: ['errors', 'catalog', 'config', 'selection'],
    because: 'it decides meaning and knows no spelling',
  },
  {
    name: 'emit',
    does: 'how it is spelled: contexts, templates, escaping',
    mayImport: [
      'package-file',
      'printable',
      'errors',
      'peer',
      'digest',
      'postgres',
      'catalog',
      'config',
      'selection',
      'model',
    ],
    because: 'it spells what the stages before it decided',
  },
  {
    name: 'output',
    does: 'the folder: what changes, writing it, the lock, the manifest',
    mayImport: ['errors', 'digest', 'emit'],
    because: 'it is the last stage: it writes files, whatever they say',
  },
  {
    name: 'plugins',
    does: 'the type of a plugin, what authors need (`rowsmith/plugin`), and bundled plugins (`rowsmith/zod`)',
    mayImport: ['emit'],
    mayImportTypes: ['catalog', 'model'],
    because: 'a plugin works with what passes between stages, and runs none of them',
  },
  {
    name: 'report',
    does: 'what drift and diff share: severities, ignores, baseline, formats',
    mayImport: ['printable', 'errors', 'config', 'selection'],
    because:
      'drift and diff share it, so it knows only what all findings have; ignores use the wildcards of the config',
  },
  {
    name: 'drift',
    does: 'readers of models, comparison, renames, its report',
    mayImport: ['printable', 'errors', 'peer', 'report'],
    mayImportTypes: ['catalog', 'config'],
    because: 'it compares hand-written models with facts, not with what rowsmith would generate',
  },
  {
    name: 'diff',
    does: 'changes, what they break, its report',
    mayImport: ['printable', 'errors', 'peer', 'report'],
    mayImportTypes: ['catalog', 'config'],
    because: 'it compares facts with facts',
  },
  {
    name: 'docs',
    does: 'the page for people: contents, layout, HTML, Markdown',
    mayImport: ['printable', 'errors', 'progress', 'catalog', 'config', 'model', 'emit', 'report'],
    because: 'it is another way to describe a schema; it gets findings as reports know them',
  },
  {
    name: 'run-record',
    does: 'the record that proves that nothing changed',
    mayImport: ['cache-folder', 'digest', 'emit', 'output'],
    because: 'it knows digests and output folders; the pipeline reads what the digests are of',
  },
  {
    name: 'pipeline',
    does: 'the stages in order; each command reads top-down',
    mayImport: [
      'errors',
      'digest',
      'peer',
      'progress',
      'postgres',
      'catalog',
      'config',
      'selection',
      'model',
      'emit',
      'output',
      'report',
      'drift',
      'diff',
      'docs',
      'run-record',
    ],
    mayImportTypes: ['plugins'],
    because: 'it runs the stages in order',
  },
  {
    name: 'watch',
    does: 'runs again when an input changes',
    mayImport: ['errors', 'postgres', 'catalog', 'config', 'pipeline'],
    because: 'it runs the pipeline again when an input changes',
  },
  {
    name: 'init',
    does: 'setting up a project: detects, asks, proposes, writes',
    mayImport: [
      'errors',
      'progress',
      'postgres',
      'catalog',
      'config',
      'selection',
      'model',
      'emit',
      'output',
      'pipeline',
    ],
    because: 'it proposes a config from what the stages would make of a project',
  },
  {
    name: 'index',
    does: 'the public API',
    mayImport: [
      'errors',
      'progress',
      'catalog',
      'config',
      'model',
      'emit',
      'output',
      'report',
      'drift',
      'diff',
      'docs',
      'pipeline',
      'watch',
      'init',
    ],
    mayImportTypes: ['plugins'],
    because: 'it composes the stages; it must work without the command line',
  },
  {
    name: 'cli',
    does: 'the command line: the only place that prints and sets exit codes',
    mayImport: ['package-file', 'printable', 'cache-folder', 'errors', 'index', 'report'],
    because: 'whatever the command line does, the public API can do; what it prints looks like reports',
  },
];

interface PackageRule {
  readonly packages: RegExp;
  /** Folders (ending in `/`) and files of `src/` that may import it. */
  readonly onlyIn: readonly string[];
  readonly because: string;
}

const PACKAGES: readonly PackageRule[] = [
  { packages: /^pg(-|\/|$)/, onlyIn: ['postgres/live/'], because: 'whoever asks gets a Session' },
  {
    packages: /^@electric-sql\/pglite(-|\/|$)/,
    onlyIn: ['postgres/embedded/server.ts', 'postgres/embedded/server/'],
    because: 'its code runs in the process of the embedded Postgres, and nowhere else',
  },
  {
    packages: /^handlebars(\/|$)/,
    onlyIn: ['emit/compile-templates.ts', 'emit/run-templates.ts'],
    because: 'one renderer keeps the templates strict',
  },
  { packages: /^yargs(-|\/|$)/, onlyIn: ['cli/'], because: 'the API is not a command line' },
  {
    packages: /^(typescript|@typescript\/|(web-)?tree-sitter)/,
    onlyIn: ['drift/readers/', 'diff/usage/'],
    because: 'parsers are heavy, and only the readers of hand-written code need them: models, and what uses a schema',
  },
  {
    packages: /^kysely-codegen(\/|$)/,
    onlyIn: ['emit/', 'init/setups/'],
    because: 'it is an output format, and a setup to take over, not a source of facts',
  },
];

interface ModuleName {
  readonly specifier: string;
  /** Whether the import is gone at run time: `import type` and `import('…').Type`. */
  readonly typeOnly: boolean;
}

interface Import extends ModuleName {
  readonly line: number;
  /** The path below `src/`, when the specifier is one of our files. */
  readonly target?: string;
}

const map = fileURLToPath(new URL('../ARCHITECTURE.md', import.meta.url));
const isTable = process.argv.includes('--table');
const given = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const root = resolve(given ?? fileURLToPath(new URL('../src', import.meta.url)));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => file.endsWith('.ts'))
  .sort();
const graph = new Map(files.map((file) => [file, importsOf(file)]));

const violations = [...graph].flatMap(([file, imports]) => imports.flatMap((found) => judge(file, found)));
violations.push(...cycles());
// A copy of the sources in another folder, as a test makes one, has no map beside it.
if (given === undefined && !readFileSync(map, 'utf8').includes(table())) {
  violations.push(
    '../ARCHITECTURE.md:1: its table of folders is not that of the rule: paste `npm run check-imports -- --table`',
  );
}

const prefix = relative(process.cwd(), root);
for (const violation of violations) console.error(join(prefix, violation));
if (isTable) console.log(table());
else if (violations.length > 0) process.exitCode = 1;
else console.log(`The import rule holds in ${files.length} files.`);

/** The rule as a Markdown table, with a row for each part in the order in which they build on each other. */
function table(): string {
  const rows = FOLDERS.map(({ name, does, mayImport, mayImportTypes = [], because }) => {
    const imports = [...mayImport.map(spelled), ...mayImportTypes.map((folder) => `types of ${spelled(folder)}`)];
    return `| ${spelled(name)} | ${does} | ${imports.join(', ') || 'nothing'} | ${because} |`;
  });
  return ['| Part of `src/` | Does | May import | Because |', '|---|---|---|---|', ...rows].join('\n');
}

/** Name of a part with its ending: `catalog/` for a folder, `errors.ts` for a file. */
function spelled(name: string): string {
  return existsSync(join(root, `${name}.ts`)) ? `\`${name}.ts\`` : `\`${name}/\``;
}

function judge(file: string, found: Import): readonly string[] {
  const { specifier, target } = found;
  const broken = target === undefined ? judgePackage(file, specifier) : judgeFolder(file, target, found);
  return broken === undefined ? [] : [`${file}:${found.line}: ${broken}`];
}

function judgePackage(file: string, specifier: string): string | undefined {
  const rule = PACKAGES.find(({ packages }) => packages.test(specifier));
  if (rule === undefined) return undefined;
  const allowed = rule.onlyIn.some((place) => (place.endsWith('/') ? file.startsWith(place) : file === place));
  return allowed ? undefined : `only ${rule.onlyIn.join(' and ')} imports "${specifier}": ${rule.because}`;
}

function judgeFolder(file: string, target: string, { typeOnly }: Import): string | undefined {
  const [from, to] = [folderOf(file), folderOf(target)];
  if (from === to) return undefined;
  const rule = FOLDERS.find(({ name }) => name === from);
  if (rule === undefined) return `"${from}" has no place in the import rule: add it to scripts/check-imports.ts`;
  if (rule.mayImport.includes(to)) return undefined;
  const types = rule.mayImportTypes?.includes(to) ?? false;
  if (types && typeOnly) return undefined;
  return `${from} may ${types ? 'only import types from' : 'not import'} ${to}: ${rule.because}`;
}

/** Part that a file belongs to: `catalog/query/catalog-query.ts` → `catalog`; `errors.ts` → `errors`. */
function folderOf(file: string): string {
  return (file.split('/')[0] ?? file).replace(/\.ts$/, '');
}

function importsOf(file: string): readonly Import[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest);
  const imports: Import[] = [];
  const visit = (node: ts.Node): void => {
    const found = moduleNamedBy(node);
    if (found !== undefined) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      const target = ownFile(file, found.specifier);
      imports.push({ ...found, line, ...(target === undefined ? {} : { target }) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return imports;
}

function moduleNamedBy(node: ts.Node): ModuleName | undefined {
  if (ts.isImportDeclaration(node)) return named(node.moduleSpecifier, node.importClause?.isTypeOnly ?? false);
  if (ts.isExportDeclaration(node)) return named(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return named(node.argument.literal, true);
  if (ts.isCallExpression(node) && isLoader(node.expression)) return named(node.arguments[0], false);
  return undefined;
}

function named(node: ts.Node | undefined, typeOnly: boolean): ModuleName | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? { specifier: node.text, typeOnly } : undefined;
}

/** Whether a call loads a module: `import(…)`, `require(…)` and `require.resolve(…)`. */
function isLoader(callee: ts.Expression): boolean {
  const name = ts.isPropertyAccessExpression(callee) ? callee.expression : callee;
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(name) && name.text === 'require');
}

function ownFile(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const path = resolve(root, dirname(file), specifier.replace(/\.js$/, '.ts'));
  const target = relative(root, path).split(sep).join('/');
  return target.startsWith('..') || !existsSync(path) ? undefined : target;
}

/** Messages for imports that close a circle, type-only imports included. */
function cycles(): readonly string[] {
  const found: string[] = [];
  const finished = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    for (const { target, line } of graph.get(file) ?? []) {
      if (target === undefined || finished.has(target)) continue;
      const start = path.indexOf(target);
      if (start >= 0) found.push(`${file}:${line}: imports in a circle: ${[...path.slice(start), target].join(' → ')}`);
      else visit(target, [...path, target]);
    }
    finished.add(file);
  };
  for (const file of files) if (!finished.has(file)) visit(file, [file]);
  return found;
}
