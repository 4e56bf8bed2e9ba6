import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { project, run } from './scratch.js';

/** Everything that compiles, bundles or runs TypeScript, in one project. */
const tools = [
  'kysely@0.28.18',
  'typescript@5.9',
  'tsx@4',
  'ts-node@10',
  'esbuild@0.28',
  'vite@8',
  'webpack@5',
  'webpack-cli@7',
  'ts-loader@9',
  'jest@30',
  'ts-jest@29',
  'next@16',
  'react@19',
  'react-dom@19',
  'deno@2',
  'bun@1',
  '@types/node@24',
  '@types/jest@30',
  '@types/react@19',
];

const schema = `CREATE TABLE tasks (
  id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  title text NOT NULL,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done')),
  made_at timestamptz NOT NULL DEFAULT now(),
  tags text[] NOT NULL DEFAULT '{}'
);
`;

/**
 * A program that uses the output: what it prints, and what its types promise. `…` is replaced according to the import
 * style.
 */
const program = `import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { DB } from './generated/db…';
import { type Task, tasks } from './generated/models/task…';

const db = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});
export const words = ({ madeAt, tags }: Task): string => \`\${madeAt.toISOString()} \${tags.join().toUpperCase()}\`;
export const sql: string = db.selectFrom(tasks()).select('task.title').where('task.status', '=', 'open').compile().sql;
console.log(words({ id: 1, title: '', status: 'open', madeAt: new Date(0), tags: ['a'] }), sql.includes('"title"'));
`;
const printed = '1970-01-01T00:00:00.000Z A true';

interface Runtime {
  readonly name: string;
  readonly files: Readonly<Record<string, unknown>>;
  /** The import style that it needs. */
  readonly imports: 'js' | 'ts' | 'none';
  /** Commands in the project. The output of the last one must contain the program's line. */
  readonly commands: readonly (readonly string[])[];
}

const strict = { strict: true, target: 'es2022', skipLibCheck: true, types: ['node'] };
const esm = { type: 'module' };

/** A project for each way to compile, bundle and run. Commands begin with the name of a tool, or with `node`. */
const runtimes: readonly Runtime[] = [
  {
    name: 'tsc, CommonJS',
    files: {
      'package.json': {},
      'tsconfig.json': { compilerOptions: { ...strict, module: 'commonjs', outDir: 'out' } },
    },
    imports: 'none',
    commands: [
      ['tsc', '-p', '.'],
      ['node', 'out/src/main.js'],
    ],
  },
  {
    name: 'tsc, nodenext',
    files: {
      'package.json': esm,
      'tsconfig.json': { compilerOptions: { ...strict, module: 'nodenext', outDir: 'out' } },
    },
    imports: 'js',
    commands: [
      ['tsc', '-p', '.'],
      ['node', 'out/src/main.js'],
    ],
  },
  {
    name: 'tsc, bundler, and esbuild',
    files: {
      'package.json': { ...esm, devDependencies: { esbuild: '*' } },
      'tsconfig.json': { compilerOptions: { ...strict, module: 'esnext', moduleResolution: 'bundler', noEmit: true } },
    },
    imports: 'none',
    commands: [
      ['tsc', '-p', '.'],
      [
        'esbuild',
        'src/main.ts',
        '--bundle',
        '--platform=node',
        '--format=esm',
        '--outfile=out/main.mjs',
        '--log-level=error',
      ],
      ['node', 'out/main.mjs'],
    ],
  },
  {
    name: 'Node that strips types',
    files: { 'package.json': { ...esm, scripts: { start: 'node src/main.ts' } } },
    imports: 'ts',
    commands: [['node', 'src/main.ts']],
  },
  {
    name: 'tsx',
    files: { 'package.json': { ...esm, devDependencies: { tsx: '*' } } },
    imports: 'js',
    commands: [['tsx', 'src/main.ts']],
  },
  {
    name: 'ts-node, CommonJS',
    files: {
      'package.json': { devDependencies: { 'ts-node': '*' } },
      'tsconfig.json': { compilerOptions: { ...strict, module: 'commonjs' } },
    },
    imports: 'none',
    commands: [['ts-node', 'src/main.ts']],
  },
  {
    name: 'Vite',
    files: {
      'package.json': { ...esm, devDependencies: { vite: '*' } },
      'tsconfig.json': { files: [], references: [{ path: './tsconfig.app.json' }] },
      'tsconfig.app.json': {
        compilerOptions: {
          ...strict,
          module: 'esnext',
          moduleResolution: 'bundler',
          allowImportingTsExtensions: true,
          noEmit: true,
          erasableSyntaxOnly: true,
          verbatimModuleSyntax: true,
          noUnusedLocals: true,
        },
        include: ['src'],
      },
    },
    imports: 'ts',
    commands: [
      ['tsc', '-p', 'tsconfig.app.json'],
      ['vite', 'build', '--ssr', 'src/main.ts', '--outDir', 'out', '--logLevel', 'error'],
      ['node', 'out/main.js'],
    ],
  },
  {
    name: 'webpack with ts-loader',
    files: {
      'package.json': { devDependencies: { webpack: '*', 'ts-loader': '*' } },
      'tsconfig.json': {
        compilerOptions: { ...strict, module: 'esnext', moduleResolution: 'bundler' },
        include: ['src'],
      },
      'webpack.config.js': `module.exports = { mode: 'development', target: 'node', entry: './src/main.ts', output: { path: __dirname + '/out', filename: 'main.js' }, resolve: { extensions: ['.ts', '.js'] }, module: { rules: [{ test: /\\.ts$/, use: 'ts-loader' }] } };`,
    },
    imports: 'none',
    commands: [
      ['webpack', '--stats', 'errors-only'],
      ['node', 'out/main.js'],
    ],
  },
  {
    name: 'ts-jest, CommonJS',
    files: {
      'package.json': { devDependencies: { 'ts-jest': '*' } },
      'tsconfig.json': { compilerOptions: { ...strict, module: 'commonjs', types: ['node', 'jest'] } },
      'jest.config.js': `module.exports = { preset: 'ts-jest', testEnvironment: 'node', verbose: false };`,
      'src/main.test.ts': `import { sql } from './main';\ntest('it runs', () => { expect(sql).toContain('"title"'); process.stdout.write('${printed}'); });\n`,
    },
    imports: 'none',
    commands: [['jest']],
  },
  ...['--turbopack', '--webpack'].map(
    (bundler): Runtime => ({
      name: `Next.js, ${bundler.slice(2)}`,
      files: {
        'package.json': { dependencies: { next: '*', react: '*', 'react-dom': '*' } },
        'tsconfig.json': {
          compilerOptions: { ...strict, module: 'esnext', moduleResolution: 'bundler', jsx: 'preserve', noEmit: true },
          include: ['src', 'app'],
        },
        'app/layout.tsx': `export default function Layout({ children }: { children: React.ReactNode }) { return <html><body>{children}</body></html>; }\n`,
        'app/page.tsx': `import { sql } from '../src/main';\nexport default function Page() { return <p>{sql}</p>; }\n`,
      },
      imports: 'none',
      commands: [['next', 'build', bundler]],
    }),
  ),
  {
    name: 'Deno',
    files: { 'deno.json': { nodeModulesDir: 'manual' }, 'package.json': { ...esm, dependencies: { kysely: '*' } } },
    imports: 'ts',
    commands: [['deno', 'run', '--allow-all', '--check', 'src/main.ts']],
  },
  {
    name: 'Bun',
    files: { 'package.json': esm, 'bun.lock': '' },
    imports: 'ts',
    commands: [['bun', 'run', 'src/main.ts']],
  },
];

/** Creates the project that has all tools, and rowsmith as packed. */
export function withTools(archive: string): string {
  return project('runtimes', [archive, ...tools]);
}

/** Checks of the output, one for each runtime: `init`, `generate`, compiling and running. */
export function runtimeChecks(
  tooled: () => string,
  newestNode: () => string,
): readonly (readonly [name: string, check: () => void])[] {
  return runtimes.map(
    (runtime) => [`bundlers: ${runtime.name}`, () => works(runtime, tooled(), newestNode())] as const,
  );
}

function works({ name, files, imports, commands }: Runtime, tooled: string, node: string): void {
  const folder = join(tooled, name.replace(/\W+/g, '-'));
  const write = (path: string, content: unknown) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  };
  for (const [path, content] of Object.entries({ 'schema.sql': schema, ...files })) write(path, content);
  symlinkSync(join(tooled, 'node_modules'), join(folder, 'node_modules'));
  write('src/main.ts', program.replaceAll('…', { js: '.js', ts: '.ts', none: '' }[imports]));
  const cli = join(tooled, 'node_modules/rowsmith/dist/cli/main.js');
  run(process.execPath, [cli, 'init', '--yes', '--silent'], folder);
  run(process.execPath, [cli, 'generate', '--silent'], folder);
  const config = ['ts', 'mts', 'js', 'mjs']
    .map((end) => join(folder, `rowsmith.config.${end}`))
    .map(textOf)
    .join('');
  if (!config.includes(`imports: '${imports}'`)) throw new Error(`init did not choose '${imports}':\n${config}`);
  let said = '';
  for (const [command = '', ...args] of commands)
    said = run(command === 'node' ? node : programOf(command, tooled), args, folder, {
      NODE_ENV: '',
      NEXT_TELEMETRY_DISABLED: '1',
    });
  if (!said.includes(printed) && !name.startsWith('Next')) throw new Error(`It printed ${said}`);
}

/**
 * The program of a tool. Bun's is in a package for the platform, because the install script that links it may be off.
 */
function programOf(command: string, tooled: string): string {
  const modules = join(tooled, 'node_modules');
  if (command !== 'bun') return join(modules, '.bin', command);
  const [platform = ''] = readdirSync(join(modules, '@oven'));
  return join(modules, '@oven', platform, 'bin/bun');
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
