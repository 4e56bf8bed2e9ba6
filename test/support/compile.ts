import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The dev dependency that holds each compiler. */
const COMPILERS = { '5.9': 'typescript', '6': 'typescript-6', '7': 'typescript-7' } as const;

/** How a user's project may resolve imports. */
const RESOLUTIONS = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
} as const;

export type Compiler = keyof typeof COMPILERS;
export type Resolution = keyof typeof RESOLUTIONS;

export const ALL_COMPILERS: readonly Compiler[] = ['5.9', '6', '7'];
export const ALL_RESOLUTIONS: readonly Resolution[] = ['nodenext', 'bundler'];

export interface TypecheckOptions {
  /** Folders of generated code. Several in one call share one start of the compiler (about 1 s before TypeScript 7). */
  readonly dir: string | readonly string[];
  /** Paths below each folder; every `.ts` file when absent. */
  readonly files?: readonly string[];
  readonly compiler: Compiler;
  readonly resolution: Resolution;
}

export interface TypecheckResult {
  readonly ok: boolean;
  /** What `tsc` printed; paths are relative to the repository, or to the temporary copy of a folder outside of it. */
  readonly output: string;
}

const REPOSITORY = realpathSync(fileURLToPath(new URL('../../', import.meta.url)));

/** The options of the strictest user we promise to serve. */
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
 * Runs one compiler over folders of generated code. A folder inside the repository is checked where it stands; any other
 * is copied beside a `package.json` and a link to our `node_modules`, because imports resolve from the file's place.
 */
export function typecheck(options: TypecheckOptions): TypecheckResult {
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'rowsmith-typecheck-')));
  try {
    symlinkSync(join(REPOSITORY, 'node_modules'), join(workspace, 'node_modules'), 'junction');
    writeFileSync(join(workspace, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    const dirs = typeof options.dir === 'string' ? [options.dir] : options.dir;
    const files = dirs
      .map((dir, index) => reachable(resolve(dir), join(workspace, String(index))))
      .flatMap((dir, index) => [...(options.files ?? typescriptFiles(dir)).map((file) => join(dir, file)), ...checkedTables(dir, join(workspace, `${index}.db.ts`))]);
    if (files.length === 0) return { ok: false, output: `no .ts file in ${dirs.join(', ')}` };

    const project = join(workspace, 'tsconfig.json');
    const compilerOptions = {
      ...STRICTEST,
      ...RESOLUTIONS[options.resolution],
      typeRoots: [join(REPOSITORY, 'node_modules', '@types')],
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

function reachable(dir: string, copy: string): string {
  const real = realpathSync(dir);
  if (!relative(REPOSITORY, real).startsWith('..')) return real;
  cpSync(real, copy, { recursive: true });
  return copy;
}

/**
 * `db.ts` once more, without the `@ts-nocheck` that it may have, so that its declarations are checked here; none where it has no such line.
 * It imports `./types.js` and kysely alone then.
 */
function checkedTables(dir: string, copy: string): readonly string[] {
  const path = join(dir, 'db.ts');
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const checked = withCheck(text);
  if (checked === text) return [];
  writeFileSync(copy, checked.replace("from './types.js'", `from '${join(dir, 'types.js')}'`));
  return [copy];
}

/** A generated file as the compiler checks it: without the line that spares users that time, which no other text is taken for. */
export const withCheck = (text: string): string => text.replace(/^\/\/ @ts-nocheck Nothing here is written by hand, and a program is spared the check of every table\.\n/m, '');

function run(compiler: Compiler, project: string, workspace: string): TypecheckResult {
  const tsc = join(REPOSITORY, 'node_modules', COMPILERS[compiler], 'bin', 'tsc');
  const { status, error, stdout, stderr } = spawnSync(process.execPath, [tsc, '--pretty', 'false', '-p', project], {
    cwd: REPOSITORY, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024,
  });
  const output = `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`;
  return { ok: status === 0, output: output.replaceAll(relative(REPOSITORY, workspace) + sep, '').trim() };
}
