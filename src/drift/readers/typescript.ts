import type ts from '@typescript/typescript6';
import { importPeer } from '../../peer.js';
import type { Declared, SourceText, Unread } from '../declared.js';
import type { Reader } from '../languages/language.js';
import { collectDeclarations } from './typescript/declarations.js';
import { drizzleTables } from './typescript/drizzle.js';
import { isMigration } from './typescript/migrations.js';
import { buildModels } from './typescript/models.js';
import { createNames, type Given } from './typescript/names.js';
import { createOtherClients } from './typescript/other-clients.js';
import type { TypeScript } from './typescript/shape.js';
import { gatherUses, noUses, type Uses } from './typescript/uses.js';

/**
 * Loads the reader of TypeScript. It reads interfaces, type aliases, classes and zod objects of the given files, and
 * checks no types.
 */
export async function loadTypeScriptReader(): Promise<Reader> {
  const { default: typescript } = await importPeer<{ readonly default: TypeScript }>(peer, '@typescript/typescript6');
  return {
    read: (...given) => read(typescript, ...given),
    parsersIn: (files) => read(typescript, files, () => {}, []).parsers ?? [],
  };
}

const peer = { names: ['@typescript/typescript6'], user: 'Models in TypeScript' } as const;

/** Files of tests, whose statements may be about tables that they make, as the program's are not. */
const ofTests = /(?:(?:^|\/)__tests__\/.*|[.-](?:test|spec)\.[cm]?tsx?)$/;

function read(
  typescript: TypeScript,
  given: readonly SourceText[],
  parsed: () => void,
  others: readonly SourceText[],
): Declared {
  const sources: ts.SourceFile[] = [];
  const unread: Unread[] = [];
  const uses = noUses();
  const isAll = given.every(({ file }) => ofTests.test(file));
  for (const file of given) {
    if (!isAll && ofTests.test(file.file)) {
      parsed();
      continue;
    }
    try {
      const source = typescript.createSourceFile(file.file, file.text, typescript.ScriptTarget.Latest, true);
      if (!isMigration(typescript, source)) {
        gatherUses(typescript, source, uses);
        sources.push(source);
      }
    } catch (error) {
      // Parser and readers recurse, so a file that is nested too deeply overflows the stack.
      if (!(error instanceof RangeError)) throw error;
      unread.push({ name: file.file, file: file.file, line: 1, reason: 'it is nested too deeply', broken: true });
    }
    parsed();
  }
  const imported = importedSources(typescript, others, uses);
  unread.push(...syntaxErrors(typescript, sources));
  const declarations = collectDeclarations(typescript, sources);
  const names = createNames(typescript, { sources, declarations }, imported);
  const clientAt = createOtherClients(typescript, names, [...sources, ...imported.sources]);
  const built = buildModels(typescript, names, declarations, uses);
  const drizzle = drizzleTables(typescript, sources, imported.sources);
  return {
    models: [...built.models, ...drizzle.models],
    unread: [...unread, ...built.unread, ...drizzle.unread],
    literals: uses.statements.map(({ literal, node }) => {
      const client = clientAt(node);
      return client === undefined ? literal : { ...literal, client };
    }),
    enums: drizzle.enums,
    parsers: uses.parsers,
    strangers: uses.strangers,
    clients: [...uses.clients],
    made: uses.made,
    given: built.given,
  };
}

/** What imported files declare. Of their code, only functions and parsers count: queries in them fill other models. */
function importedSources(typescript: TypeScript, files: readonly SourceText[], uses: Uses): Given {
  const { columnMakers, converters, functions, parsers } = uses;
  const sources = files.flatMap(({ file, text }) => {
    try {
      const source = typescript.createSourceFile(file, text, typescript.ScriptTarget.Latest, true);
      gatherUses(typescript, source, { ...noUses(), columnMakers, converters, functions, parsers });
      return [source];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return [];
    }
  });
  return { sources, declarations: collectDeclarations(typescript, sources) };
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
