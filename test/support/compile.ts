import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The dev dependency that contains each compiler. */
const COMPILERS = { '5.9': 'typescript', '6': 'typescript-6', '7': 'typescript-7' } as const;

/** How a user's project may resolve imports. */
const RESOLUTIONS = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
} as const;

export type Compiler = keyof typeof COMPILERS;
export type Resolution = keyof typeof RESOLUTIONS;

/**
 * The compilers with which a test runs: the newest one, which takes a tenth of the others' time, or the others, which
 * `npm run test:compilers` requests.
 */
export const COMPILERS_IN_TURN: readonly Compiler[] = process.env['ROWSMITH_OLDER_COMPILERS'] ? ['5.9', '6'] : ['7'];
export const ALL_RESOLUTIONS: readonly Resolution[] = ['nodenext', 'bundler'];

export interface TypecheckOptions {
  /**
   * Folders of generated code. Several folders in one call share one start of the compiler (about 1 s before TypeScript
   * 7).
   */
  readonly dir: string | readonly string[];
  /** Paths below each folder. Default: every `.ts` file. */
  readonly files?: readonly string[];
  readonly compiler: Compiler;
  readonly resolution: Resolution;
  /**
   * Keeps the lines that ask the compiler not to check a generated file, as users have them. Otherwise every file is
   * checked.
   */
  readonly asWritten?: true;
  /** Additional compiler options. */
  readonly also?: Readonly<Record<string, unknown>>;
}

export interface TypecheckResult {
  readonly ok: boolean;
  /** The output of `tsc`. Paths start with the number of the folder. */
  readonly output: string;
}

const REPOSITORY = realpathSync(fileURLToPath(new URL('../../', import.meta.url)));

/** The options of the strictest user that we promise to support. */
const STRICTEST = {
  target: 'es2022',
  lib: ['es2022'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  declaration: true,
  noEmit: true,
  skipLibCheck: true,
} as const;

/**
 * Runs one compiler over folders of generated code. They are copied into one folder in the repository, because imports
 * are resolved from the file's location.
 */
export function typecheck(options: TypecheckOptions): TypecheckResult {
  const workspace = join(REPOSITORY, `.rowsmith-typecheck-${randomUUID()}.tmp`);
  mkdirSync(workspace);
  try {
    const dirs = typeof options.dir === 'string' ? [options.dir] : options.dir;
    const files = dirs.flatMap((dir, index) => {
      const copy = join(workspace, String(index));
      copyFolder(realpathSync(resolve(dir)), copy, options.asWritten ? (text) => text : withCheck);
      return (options.files ?? typescriptFiles(copy)).map((file) => join(copy, file));
    });
    if (files.length === 0) return { ok: false, output: `no .ts file in ${dirs.join(', ')}` };

    const project = join(workspace, 'tsconfig.json');
    const compilerOptions = {
      ...STRICTEST,
      ...RESOLUTIONS[options.resolution],
      typeRoots: [join(REPOSITORY, 'node_modules', '@types')],
      ...options.also,
    };
    writeFileSync(project, JSON.stringify({ compilerOptions, files }));
    return run(options.compiler, project, workspace);
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** The `.ts` files below a folder, as sorted relative paths. */
export function typescriptFiles(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.split(sep).includes('node_modules'))
    .sort();
}

/** Copies a folder. Imports of modules outside the folder, such as a user's, still find them. */
function copyFolder(from: string, to: string, change: (text: string) => string): void {
  cpSync(from, to, { recursive: true, dereference: true, filter: (path) => basename(path) !== 'node_modules' });
  for (const file of typescriptFiles(to)) {
    const inFolder = (module: string) => !relative(from, resolve(from, dirname(file), module)).startsWith('..');
    const text = readFileSync(join(to, file), 'utf8');
    const moved = change(text).replace(/(from |import\()'(\.\.?\/[^']*)'/g, (found, before: string, module: string) =>
      inFolder(module) ? found : `${before}'${resolve(from, dirname(file), module)}'`,
    );
    if (moved !== text) writeFileSync(join(to, file), moved);
  }
  const packages = join(from, 'node_modules');
  if (existsSync(packages)) symlinkSync(packages, join(to, 'node_modules'), 'junction');
}

/**
 * A generated file as tests check it: without the line that saves users the time for checking. Only exactly that line
 * is removed.
 */
export const withCheck = (text: string): string =>
  text.replace(/^\/\/ @ts-nocheck Nothing here is written by hand, so the compiler need not check it\.\n/m, '');

function run(compiler: Compiler, project: string, workspace: string): TypecheckResult {
  const tsc = join(REPOSITORY, 'node_modules', COMPILERS[compiler], 'bin', 'tsc');
  const { status, error, stdout, stderr } = spawnSync(process.execPath, [tsc, '--pretty', 'false', '-p', project], {
    cwd: REPOSITORY,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const output = `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`;
  return { ok: status === 0, output: output.replaceAll(relative(REPOSITORY, workspace) + sep, '').trim() };
}
