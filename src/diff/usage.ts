import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type ts from '@typescript/typescript6';
import { RowsmithError } from '../errors.js';
import { importPeer } from '../peer.js';
import type { DiffFinding, Judged } from './finding.js';
import type { Footprint } from './touches.js';

/** Where a name first occurs in the user's code: a path relative to the working directory, and a line from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** What TypeScript code uses. */
export interface Usage {
  /** Its words, and where each first occurs. */
  readonly words: ReadonlyMap<string, Place>;
  /** What stands between the words of its strings, and where each first occurs: some names hold nothing else. */
  readonly signs: ReadonlyMap<string, Place>;
  /** Writes that do not show which columns they give. */
  readonly opaqueWrites: readonly OpaqueWrite[];
}

interface OpaqueWrite extends Place {
  /** As Kysely names it; absent where that cannot be read either. */
  readonly table?: string;
}

const peer = { names: ['@typescript/typescript6'], user: 'Uses of tables in code' } as const;

/**
 * Reads which names the code uses: identifiers, property names, and the words of its strings and templates, so that
 * `'tasks.reason as why'` and raw SQL count, and writes of values that are not written out (`values(row)`). It is
 * syntax only: code that gets at a column without naming it (`selectAll` into an untyped function) is not seen.
 *
 * @param generated Tells generated files by their text: they name everything and use nothing.
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
    if (generated(text)) readOne();
    else texts.set(file, text);
  }
  const words = new Map<string, Place>();
  const signs = new Map<string, Place>();
  const sources = parse(compiler, texts);
  for (const source of sources) {
    collectWords(compiler, source, words, signs);
    readOne();
  }
  return { words, signs, opaqueWrites: sources.flatMap((source) => opaqueWrites(compiler, source)) };
}

/** Parses without looking anything up. A file that does not parse is refused: what it uses would be guessed. */
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
        `${shownPath(file)}:${line} is no TypeScript: ${reason}`,
        'Leave it out of --usage, or mend it.',
      );
    }
    return [source];
  });
}

/** The parser calls itself for what is nested. */
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
      'Leave it out of --usage.',
    );
  }
}

/**
 * Every node in the order of the text, each with what its parent gave it. A sum of thousands of strings is nested
 * deeper than the stack.
 */
function walk<Given>(
  compiler: typeof ts,
  source: ts.SourceFile,
  first: Given,
  visit: (node: ts.Node, given: Given) => Given,
): void {
  const pending: { readonly node: ts.Node; readonly given: Given }[] = [{ node: source, given: first }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const given = visit(next.node, next.given);
    const children: ts.Node[] = [];
    compiler.forEachChild(next.node, (child) => void children.push(child));
    for (const child of children.reverse()) pending.push({ node: child, given });
  }
}

function collectWords(
  compiler: typeof ts,
  source: ts.SourceFile,
  words: Map<string, Place>,
  signs: Map<string, Place>,
): void {
  const file = shownPath(source.fileName);
  walk(compiler, source, undefined, (node) => {
    const text =
      compiler.isIdentifier(node) || compiler.isStringLiteralLike(node) || compiler.isTemplateLiteralToken(node)
        ? node.text
        : undefined;
    const add = (to: Map<string, Place>) => (found: string) =>
      to.has(found) || to.set(found, { file, line: lineOf(source, node) });
    wordsOf(text ?? '').forEach(add(words));
    signsOf(text ?? '').forEach(add(signs));
    return undefined;
  });
}

const tableMethods = new Set(['insertInto', 'replaceInto', 'updateTable', 'mergeInto']);
const writeMethods = new Set(['values', 'columns', 'set', 'doUpdateSet', 'thenUpdateSet', 'thenInsertValues']);

/** The calls of Kysely's that write a value whose keys are not there to read. */
function opaqueWrites(compiler: typeof ts, source: ts.SourceFile): OpaqueWrite[] {
  const found: OpaqueWrite[] = [];
  const file = shownPath(source.fileName);
  walk<Target>(compiler, source, { known: false }, (node, outer) => {
    const target = targetOf(compiler, node) ?? outer;
    if (
      compiler.isCallExpression(node) &&
      compiler.isPropertyAccessExpression(node.expression) &&
      writeMethods.has(node.expression.name.text)
    ) {
      const [value, ...others] = node.arguments;
      // `map.set(key, value)` is no write to a table.
      const isWrite = others.length === 0 || target.known;
      if (value && isWrite && isOpaque(compiler, value)) {
        found.push({
          file,
          line: lineOf(source, value),
          ...(target.table === undefined ? {} : { table: target.table }),
        });
      }
    }
    return target;
  });
  return found;
}

interface Target {
  /** Whether a table is written at all, be its name readable or not. */
  readonly known: boolean;
  readonly table?: string;
}

/** `db.insertInto('tasks').values(row)`: the table that a chain of calls writes. */
function targetOf(compiler: typeof ts, chain: ts.Node): Target | undefined {
  let node = chain;
  while (compiler.isCallExpression(node) && compiler.isPropertyAccessExpression(node.expression)) {
    if (tableMethods.has(node.expression.name.text)) {
      const [table] = node.arguments;
      return table && compiler.isStringLiteralLike(table)
        ? { known: true, table: table.text.replace(/\s+as\s.*/is, '') }
        : { known: true };
    }
    node = node.expression.expression;
  }
  return undefined;
}

/** Whether an expression hides which columns it names. */
function isOpaque(compiler: typeof ts, node: ts.Node): boolean {
  const inner = (other: ts.Node): boolean => isOpaque(compiler, other);
  if (compiler.isStringLiteralLike(node)) return false;
  if (compiler.isParenthesizedExpression(node) || compiler.isAsExpression(node) || compiler.isSatisfiesExpression(node))
    return inner(node.expression);
  if (compiler.isArrayLiteralExpression(node)) return node.elements.some(inner);
  if (compiler.isConditionalExpression(node)) return inner(node.whenTrue) || inner(node.whenFalse);
  if (compiler.isArrowFunction(node)) return inner(node.body);
  if (!compiler.isObjectLiteralExpression(node)) return true;
  return node.properties.some((property) => {
    if (compiler.isSpreadAssignment(property)) return inner(property.expression);
    return compiler.isComputedPropertyName(property.name) && inner(property.name.expression);
  });
}

const lineOf = (source: ts.SourceFile, node: ts.Node): number =>
  source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{M}\p{N}_$]+/gu) ?? [];
const signsOf = (text: string): string[] => text.match(/[^\p{L}\p{M}\p{N}_$]+/gu) ?? [];

/** The place that makes code concerned by a change; undefined when it is not. */
function firstUse(usage: Usage, footprint: Footprint): Place | undefined {
  for (const group of footprint) {
    const [relation = []] = group;
    const places = group.map(
      (names, index) => firstPlace(usage, names) ?? (index > 0 ? opaqueWriteOf(usage, relation) : undefined),
    );
    if (places.length > 0 && places.every((place) => place !== undefined)) return places.at(-1);
  }
  return undefined;
}

function firstPlace(usage: Usage, names: readonly string[]): Place | undefined {
  return names.map((name) => placeOf(usage, name)).find((place) => place !== undefined);
}

function opaqueWriteOf({ opaqueWrites: writes }: Usage, relation: readonly string[]): Place | undefined {
  const write = writes.find(({ table }) => table === undefined || relation.includes(table));
  return write && { file: write.file, line: write.line };
}

/**
 * A name of several words, as `odd name` or `billing.users`, is used where all of them are; one without any, where a
 * string holds it.
 */
function placeOf({ words, signs }: Usage, name: string): Place | undefined {
  const parts = wordsOf(name);
  if (parts.length === 0) return [...signs].find(([text]) => text.includes(name))?.[1];
  const places = parts.map((word) => words.get(word));
  return places.every((place) => place !== undefined) ? places.at(-1) : undefined;
}

/** What the code does not name is no more than information; what it names points at the code. */
export function weigh({ finding, footprint }: Judged, usage: Usage): DiffFinding {
  const place = firstUse(usage, footprint);
  return place ? { ...finding, used: true, ...place } : { ...finding, used: false, severity: 'info' };
}

const shownPath = (file: string): string => relative(process.cwd(), file).replaceAll('\\', '/');
