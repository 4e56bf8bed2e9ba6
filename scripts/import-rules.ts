/** The import rule as data: which part of `src/` may import which, and where each package may be imported. */

/** What a folder of `src/`, or a file directly in it, may import, and why. */
export interface FolderRule {
  /** A folder of `src/`, or a file directly in it. */
  readonly name: string;
  readonly does: string;
  readonly mayImport: readonly string[];
  /** Parts that it may import with `import type` only. */
  readonly mayImportTypes?: readonly string[];
  readonly because: string;
}

/** The parts of `src/`, in the order in which they build on each other. */
export const FOLDERS: readonly FolderRule[] = [
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
    mayImport: ['printable', 'errors', 'digest', 'postgres'],
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
    mayImportTypes: ['catalog'],
    because:
      'drift and diff share it, so it knows only what all findings have; ignores use the wildcards of the config',
  },
  {
    name: 'drift',
    does: 'readers of models, comparison, renames, its report',
    mayImport: ['printable', 'errors', 'peer', 'selection', 'report'],
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

/** Where packages may be imported that only a part of `src/` should know, and why. */
export interface PackageRule {
  readonly packages: RegExp;
  /** Folders (ending in `/`) and files of `src/` that may import it. */
  readonly onlyIn: readonly string[];
  readonly because: string;
}

export const PACKAGES: readonly PackageRule[] = [
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
