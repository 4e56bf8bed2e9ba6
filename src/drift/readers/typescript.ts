import type ts from '@typescript/typescript6';
import { importPeer } from '../../peer.js';
import type { Declared, SourceText, SqlLiteral, Unread } from '../declared.js';
import type { Reader } from '../languages/language.js';
import { looksLikeSql } from './sql-literal.js';
import { collectDeclarations } from './typescript/declarations.js';
import { buildModels } from './typescript/models.js';
import { lineOf, type TypeScript } from './typescript/shape.js';

/**
 * Loads the reader of TypeScript. It reads interfaces, type aliases, classes and zod objects of the given files, and
 * checks no types.
 */
export async function loadTypeScriptReader(): Promise<Reader> {
  const { default: typescript } = await importPeer<{ readonly default: TypeScript }>(peer, '@typescript/typescript6');
  return { read: (files, parsed) => read(typescript, files, parsed) };
}

const peer = { names: ['@typescript/typescript6'], user: 'Models in TypeScript' } as const;

function read(typescript: TypeScript, files: readonly SourceText[], parsed: () => void): Declared {
  const sources: ts.SourceFile[] = [];
  const unread: Unread[] = [];
  const literals: (readonly SqlLiteral[])[] = [];
  for (const file of files) {
    try {
      const source = typescript.createSourceFile(file.file, file.text, typescript.ScriptTarget.Latest, true);
      literals.push(sqlLiterals(typescript, source));
      sources.push(source);
    } catch (error) {
      // Parser and readers recurse, so a file that is nested too deeply overflows the stack.
      if (!(error instanceof RangeError)) throw error;
      unread.push({ name: file.file, file: file.file, line: 1, reason: 'it is nested too deeply', broken: true });
    }
    parsed();
  }
  unread.push(...syntaxErrors(typescript, sources));
  const built = buildModels(typescript, collectDeclarations(typescript, sources));
  return { models: built.models, unread: [...unread, ...built.unread], literals: literals.flat() };
}

/**
 * The first syntax error of each file. TypeScript gives these only for a program, so one is made that resolves nothing.
 */
function syntaxErrors(typescript: TypeScript, sources: readonly ts.SourceFile[]): readonly Unread[] {
  const byName = new Map(sources.map((source) => [source.fileName, source]));
  const host: ts.CompilerHost = {
    getSourceFile: (name) => byName.get(name),
    getDefaultLibFileName: () => 'lib.d.ts',
    writeFile: () => {},
    getCurrentDirectory: () => '',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => byName.has(name),
    readFile: () => undefined,
  };
  const program = typescript.createProgram({
    rootNames: [...byName.keys()],
    options: { noResolve: true, noLib: true, types: [] },
    host,
  });
  return sources.flatMap((source) => {
    const [first] = program.getSyntacticDiagnostics(source);
    if (!first) return [];
    const line = source.getLineAndCharacterOfPosition(first.start).line + 1;
    const reason = `the text is not valid TypeScript: ${typescript.flattenDiagnosticMessageText(first.messageText, ' ')}`;
    return [{ name: source.fileName, file: source.fileName, line, reason, broken: true }];
  });
}

function sqlLiterals(typescript: TypeScript, source: ts.SourceFile): readonly SqlLiteral[] {
  const found: SqlLiteral[] = [];
  // A list instead of recursion: a long `'a' + 'b' + …` is nested deeper than the stack.
  const pending: ts.Node[] = [source];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const text = literalText(typescript, node);
    if (text !== undefined && looksLikeSql(text)) {
      const dynamic = typescript.isTemplateExpression(node) ? { dynamic: true as const } : {};
      found.push({ file: source.fileName, line: lineOf({ ts: typescript }, node), sql: text, ...dynamic });
    }
    const children: ts.Node[] = [];
    typescript.forEachChild(node, (child) => void children.push(child));
    for (const child of children.reverse()) pending.push(child);
  }
  return found;
}

/** Text of a string or template; substitutions become parameters: `${id}` → `$1`. */
function literalText(typescript: TypeScript, node: ts.Node): string | undefined {
  if (typescript.isStringLiteralLike(node)) return node.text;
  if (!typescript.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }, index) => `$${index + 1}${literal.text}`).join('');
}
