import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { ImportStyle } from './import-style.js';
import { objectIn, readJsonObject } from './jsonc.js';
import { type CompilerOptions, compilerOptions } from './tsconfig.js';

/** The style of imports that a project needs, and the reason. */
export interface NeededImports {
  readonly style: ImportStyle;
  /** Absent if nothing in the project determines the style. */
  readonly because?: string;
}

/** What is examined in a project. */
interface Seen {
  /**
   * The first of these names that exists in the folder of its package.json, or in the given folder if there is none.
   */
  readonly has: (...names: readonly string[]) => string | undefined;
  readonly dependencies: readonly string[];
  /**
   * A sign that Node itself runs its TypeScript files: a script, or such files without a tool that compiles or bundles.
   */
  readonly stripped: string | undefined;
  /** Whether `.ts` and `.js` are ES modules. */
  readonly modules: boolean;
  /** The nearest tsconfig.json: its path for people, and its options. */
  readonly tsconfig?: { readonly shown: string; readonly options: CompilerOptions };
}

/** Packages that bundle TypeScript files, or load them for tests: they resolve imports without an extension. */
const bundlers = [
  'vite',
  'vitest',
  'webpack',
  'rollup',
  'rolldown',
  'esbuild',
  'parcel',
  'tsup',
  'tsdown',
  'nuxt',
  'astro',
  'jest',
  'ts-jest',
  '@rspack/core',
  '@angular/core',
  '@sveltejs/kit',
  '@remix-run/dev',
  '@nestjs/core',
];

/** Programs that run TypeScript files directly. */
const runners = ['tsx', 'ts-node', 'jiti', '@swc-node/register'];

type Rule = (seen: Seen) => NeededImports | undefined;

/** Rules that choose a style, in order; the first that applies decides. */
const rules: readonly Rule[] = [
  ({ has }) => {
    const file = has('deno.json', 'deno.jsonc', 'deno.lock');
    return file === undefined ? undefined : { style: 'ts', because: `there is a ${file}` };
  },
  ({ dependencies }) =>
    dependencies.includes('next') ? { style: 'none', because: 'next is a dependency' } : undefined,
  ({ tsconfig }) => {
    const options = tsconfig?.options ?? {};
    const allows = (['allowImportingTsExtensions', 'rewriteRelativeImportExtensions'] as const).find(
      (name) => options[name],
    );
    return allows && { style: 'ts', because: `${tsconfig?.shown} has ${allows}` };
  },
  compiled,
  ({ has, tsconfig }) => {
    const file = tsconfig ? undefined : has('bun.lock', 'bun.lockb', 'bunfig.toml');
    return file === undefined ? undefined : { style: 'ts', because: `there is a ${file}` };
  },
  withoutCompiler,
];

/**
 * Determines which style of imports a project needs, from the files of its folder, or of the nearest folder above that
 * has them. `stripsTypes`: whether the running Node strips types, which counts only if nothing else decides.
 */
export function neededImports(folder: string, stripsTypes = false): NeededImports {
  const seen = look(folder, stripsTypes);
  for (const rule of rules) {
    const needed = rule(seen);
    if (needed) return needed;
  }
  return { style: 'js' };
}

/** What a tsconfig.json requires. CommonJS and bundlers need no extension; Node requires that of the compiled file. */
function compiled({ tsconfig, dependencies, modules }: Seen): NeededImports | undefined {
  if (!tsconfig) return undefined;
  const { shown, options } = tsconfig;
  const module = moduleOf(options);
  const isNode = /^node/.test(module);
  if (module === 'commonjs' || (isNode && !modules)) return { style: 'none', because: `${shown} compiles to CommonJS` };
  if (isNode) return { style: 'js', because: `${shown} has module ${module}` };
  const bundler = bundlers.find((name) => dependencies.includes(name));
  if (bundler !== undefined) return { style: 'none', because: `${bundler} is a dependency` };
  const isBundled = options.moduleResolution === 'bundler' && options.noEmit === true;
  if (isBundled) return { style: 'none', because: `${shown} has moduleResolution bundler, and noEmit` };
  return modules
    ? { style: 'js', because: `${shown} compiles to ES modules` }
    : { style: 'none', because: `${shown} compiles to ES modules, and package.json says CommonJS` };
}

/** The kind of modules that the compiler produces: https://www.typescriptlang.org/tsconfig/#module. */
function moduleOf({ module, moduleResolution, target }: CompilerOptions): string {
  if (module !== undefined) return module;
  if (/^node(16|next)$/.test(moduleResolution ?? '')) return moduleResolution ?? '';
  if (moduleResolution === 'bundler') return 'esnext';
  return target === undefined || /^es[35]$/.test(target) ? 'commonjs' : 'es2015';
}

/** What a package without a tsconfig.json needs. If nothing compiles or bundles, Node itself strips the types. */
function withoutCompiler({ dependencies, stripped, modules }: Seen): NeededImports | undefined {
  const tool = [...bundlers, 'typescript', ...runners].find((name) => dependencies.includes(name));
  if (tool === undefined)
    return stripped === undefined ? undefined : { style: 'ts', because: `${stripped}, so Node strips types itself` };
  if (!modules || bundlers.includes(tool)) return { style: 'none', because: `${tool} is a dependency` };
  return { style: 'js', because: `${tool} is a dependency` };
}

function look(folder: string, stripsTypes: boolean): Seen {
  const manifestFile = nearest(folder, 'package.json');
  const place = manifestFile === undefined ? folder : dirname(manifestFile);
  const manifest = (manifestFile && readJsonObject(readFileSync(manifestFile, 'utf8'))) || {};
  const tsconfig = nearest(folder, 'tsconfig.json');
  return {
    has: (...names) => names.find((name) => existsSync(join(place, name))),
    dependencies: ['dependencies', 'devDependencies', 'peerDependencies'].flatMap((kind) =>
      Object.keys(objectIn(manifest, kind)),
    ),
    stripped: strippedBy(place, objectIn(manifest, 'scripts'), stripsTypes),
    modules: manifest['type'] === 'module',
    ...(tsconfig === undefined
      ? {}
      : {
          tsconfig: {
            shown: (relative(folder, tsconfig) || basename(tsconfig)).replaceAll('\\', '/'),
            options: compilerOptions(tsconfig),
          },
        }),
  };
}

function strippedBy(folder: string, scripts: object, stripsTypes: boolean): string | undefined {
  const script = Object.entries(scripts).find(([, line]) => /\bnode\s.*\.[cm]?ts\b/.test(String(line)));
  if (script) return `the script ${script[0]} runs node on a TypeScript file`;
  const isProgram = (name: string) => /\.[cm]?ts$/.test(name) && !/\.(d|config)\./.test(name);
  const hasPrograms = [folder, join(folder, 'src')].some(
    (place) => existsSync(place) && readdirSync(place).some(isProgram),
  );
  return hasPrograms || stripsTypes ? 'nothing here compiles or bundles' : undefined;
}

/** The nearest file with a name, in a folder or above it, up to the root of the repository. */
function nearest(folder: string, name: string): string | undefined {
  const file = join(folder, name);
  if (existsSync(file)) return file;
  const above = dirname(folder);
  return above === folder || existsSync(join(folder, '.git')) ? undefined : nearest(above, name);
}
