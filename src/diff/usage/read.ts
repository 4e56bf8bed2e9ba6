import { readFile } from 'node:fs/promises';
import type ts from '@typescript/typescript6';
import { RowsmithError } from '../../errors.js';
import { importPeer } from '../../peer.js';
import { type OpaqueWrite, opaqueWrites } from './opaque-writes.js';
import { lineOf, type Place, shownPath, signsOf, walk, wordsOf } from './source.js';

/** The names that TypeScript code uses, with the place where each first occurs. */
export interface Usage {
  /** What each file names. */
  readonly files: readonly UsedNames[];
  /** Writes whose columns cannot be read. */
  readonly opaqueWrites: readonly OpaqueWrite[];
}

/** The names of one file, with the place where each first occurs. */
export interface UsedNames {
  /** Words: identifiers, property names, and the words of strings. */
  readonly words: ReadonlyMap<string, Place>;
  /** Texts between the words of strings: some names consist of nothing else. */
  readonly signs: ReadonlyMap<string, Place>;
}

const peer = { names: ['@typescript/typescript6'], user: 'Uses of tables in code' } as const;

/**
 * Reads the names that code uses: identifiers, property names, and the words of strings and templates, so that
 * `'tasks.reason as why'` and raw SQL count; and writes of values that are not written out (`values(row)`). It reads
 * syntax only: code that uses a column without naming it, `selectAll` into an untyped function, is not found.
 *
 * @param generated Whether a text is that of a generated file, which names everything and uses nothing.
 * @param readOne Called after each file.
 */
export async function readUsage(
  files: readonly string[],
  generated: (text: string) => boolean,
  readOne: () => void = () => {},
): Promise<Usage> {
  const { default: compiler } = await importPeer<{ readonly default: typeof ts }>(peer, '@typescript/typescript6');
  const texts = new Map<string, string>();
  for (const file of [...files].sort()) {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new RowsmithError(
        'usage-not-readable',
        `${shownPath(file)} cannot be read: ${error.code ?? error.message}`,
        'Check the pattern after --usage.',
      );
    });
    // A migration makes a column, and uses none.
    if (generated(text) || isMigration(file)) readOne();
    else texts.set(file, text);
  }
  const sources = parse(compiler, texts);
  const names = sources.map((source) => {
    const found = namesIn(compiler, source);
    readOne();
    return found;
  });
  return { files: names, opaqueWrites: sources.flatMap((source) => opaqueWrites(compiler, source)) };
}

/** Whether a file is a migration, by its folder. */
function isMigration(file: string): boolean {
  return /(?:^|[\\/])migrations?[\\/]/i.test(shownPath(file));
}

/** Parses files without resolving imports. A file with a syntax error is refused, since its names would be guessed. */
function parse(compiler: typeof ts, texts: ReadonlyMap<string, string>): ts.SourceFile[] {
  const options: ts.CompilerOptions = {
    noResolve: true,
    noLib: true,
    types: [],
    allowJs: true,
    jsx: compiler.JsxEmit.Preserve,
  };
  const host: ts.CompilerHost = {
    ...compiler.createCompilerHost(options),
    getSourceFile: (file, version) => {
      const text = texts.get(file);
      return text === undefined ? undefined : parseFile(compiler, file, text, version);
    },
    fileExists: (file) => texts.has(file),
    readFile: (file) => texts.get(file),
  };
  const program = compiler.createProgram([...texts.keys()], options, host);
  return [...texts.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    if (!source) return [];
    const [error] = program.getSyntacticDiagnostics(source);
    if (error) {
      const line = source.getLineAndCharacterOfPosition(error.start).line + 1;
      const reason = compiler.flattenDiagnosticMessageText(error.messageText, ' ');
      throw new RowsmithError(
        'usage-not-readable',
        `${shownPath(file)}:${line} is not valid TypeScript: ${reason}`,
        'Exclude it from --usage, or fix it.',
      );
    }
    return [source];
  });
}

/** Parses one file. The parser recurses, so a file that is nested too deeply overflows the stack. */
function parseFile(
  compiler: typeof ts,
  file: string,
  text: string,
  version: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.SourceFile {
  try {
    return compiler.createSourceFile(file, text, version);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RowsmithError(
      'usage-not-readable',
      `${shownPath(file)} is nested too deeply to be read.`,
      'Exclude it from --usage.',
    );
  }
}

function namesIn(compiler: typeof ts, source: ts.SourceFile): UsedNames {
  const words = new Map<string, Place>();
  const signs = new Map<string, Place>();
  const file = shownPath(source.fileName);
  walk<ts.Node | undefined>(compiler, source, undefined, (node, parent) => {
    const text =
      compiler.isIdentifier(node) || compiler.isStringLiteralLike(node) || compiler.isTemplateLiteralToken(node)
        ? node.text
        : undefined;
    if (text === undefined || isDeclared(compiler, node, parent)) return node;
    const add = (to: Map<string, Place>) => (found: string) =>
      to.has(found) || to.set(found, { file, line: lineOf(source, node) });
    wordsOf(text).forEach(add(words));
    signsOf(text).forEach(add(signs));
    return node;
  });
  return { words, signs };
}

/** Whether a node is the name of a member of a type: an interface that lists all columns uses none of them. */
function isDeclared(compiler: typeof ts, node: ts.Node, parent: ts.Node | undefined): boolean {
  return parent !== undefined && compiler.isPropertySignature(parent) && parent.name === node;
}
