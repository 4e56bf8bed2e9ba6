import { dirname } from 'node:path';
import type ts from '@typescript/typescript6';
import { RowsmithError } from '../../errors.js';
import { shownPath } from './source.js';

/** The parsed files, and the type checker where they use Kysely. */
export interface Parsed {
  readonly sources: readonly ts.SourceFile[];
  readonly checker?: ts.TypeChecker;
}

/**
 * Parses files, and checks types where Kysely is installed beside them: nothing else tells which query a name stands
 * in. A file with a syntax error is refused, since its names would be guessed.
 */
export function parse(compiler: typeof ts, texts: ReadonlyMap<string, string>): Parsed {
  const typed = optionsWithKysely(compiler, [...texts.keys()]);
  const options = typed ?? { ...lenient(compiler), noResolve: true, noLib: true, types: [] };
  const whole = compiler.createCompilerHost(options, true);
  const inMemory = { fileExists: (file: string) => texts.has(file), readFile: (file: string) => texts.get(file) };
  const host: ts.CompilerHost = {
    ...whole,
    ...(typed ? {} : inMemory),
    getSourceFile: (file, version) => {
      const text = texts.get(file);
      if (text !== undefined) return parseFile(compiler, file, text, version);
      return typed ? whole.getSourceFile(file, version) : undefined;
    },
  };
  const program = compiler.createProgram([...texts.keys()], options, host);
  const sources = [...texts.keys()].flatMap((file) => program.getSourceFile(file) ?? []);
  for (const source of sources) refuseBroken(compiler, source, program.getSyntacticDiagnostics(source));
  return { sources, ...(typed ? { checker: program.getTypeChecker() } : {}) };
}

function lenient(compiler: typeof ts): ts.CompilerOptions {
  return { allowJs: true, jsx: compiler.JsxEmit.Preserve, noEmit: true, skipLibCheck: true };
}

/** The project's options, where Kysely is found with them from one of the files. */
function optionsWithKysely(compiler: typeof ts, files: readonly string[]): ts.CompilerOptions | undefined {
  const [first] = files;
  if (first === undefined) return undefined;
  const options = { ...projectOptions(compiler, dirname(first)), ...lenient(compiler) };
  const isThere = (file: string) =>
    compiler.resolveModuleName('kysely', file, options, compiler.sys).resolvedModule !== undefined;
  const folders = new Map(files.map((file) => [dirname(file), file]));
  return [...folders.values()].some(isThere) ? options : undefined;
}

/** Options of the nearest tsconfig.json, or those that most projects have. */
function projectOptions(compiler: typeof ts, folder: string): ts.CompilerOptions {
  const usual: ts.CompilerOptions = {
    strict: true,
    target: compiler.ScriptTarget.ESNext,
    module: compiler.ModuleKind.ESNext,
    moduleResolution: compiler.ModuleResolutionKind.Bundler,
    types: [],
  };
  const path = compiler.findConfigFile(folder, compiler.sys.fileExists);
  const config = path === undefined ? undefined : compiler.readConfigFile(path, compiler.sys.readFile).config;
  if (path === undefined || config === undefined) return usual;
  // Which files the project has is not asked: that would read all of its folders.
  const read = compiler.parseJsonConfigFileContent({ ...config, files: [], include: [] }, compiler.sys, dirname(path));
  return { ...usual, ...read.options };
}

function refuseBroken(compiler: typeof ts, source: ts.SourceFile, [error]: readonly ts.DiagnosticWithLocation[]): void {
  if (!error) return;
  const line = source.getLineAndCharacterOfPosition(error.start).line + 1;
  const reason = compiler.flattenDiagnosticMessageText(error.messageText, ' ');
  throw new RowsmithError(
    'usage-not-readable',
    `${shownPath(source.fileName)}:${line} is no TypeScript: ${reason}`,
    'Leave it out of --usage, or fix it.',
  );
}

/** Parses one file. The parser recurses, so a file that is nested too deeply overflows the stack. */
function parseFile(
  compiler: typeof ts,
  file: string,
  text: string,
  version: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.SourceFile {
  try {
    return compiler.createSourceFile(file, text, version, true);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RowsmithError(
      'usage-not-readable',
      `${shownPath(file)} is nested too deeply to be read.`,
      'Leave it out of --usage.',
    );
  }
}
