import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type ts from '@typescript/typescript6';
import { RowsmithError } from '../errors.js';
import type { DiffFinding, Judged } from './finding.js';
import type { Footprint } from './touches.js';

/** Where a name first occurs in the user's code: a path relative to the working directory, and a line from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** The words of TypeScript code and where each first occurs. */
export type Usage = ReadonlyMap<string, Place>;

/**
 * Reads which names the code uses: identifiers, property names, and the words of its strings and templates, so that
 * `'tasks.reason as why'` and raw SQL count. It is syntax only: code that gets at a column without naming it (`selectAll`
 * into an untyped function) is not seen.
 *
 * @param generated Tells generated files by their text: they name everything and use nothing.
 */
export async function readUsage(files: readonly string[], generated: (text: string) => boolean): Promise<Usage> {
  const { default: compiler } = await import('@typescript/typescript6');
  const texts = new Map<string, string>();
  for (const file of [...files].sort()) {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new RowsmithError(
        'usage-not-readable',
        `${shownPath(file)} cannot be read: ${error.code ?? error.message}`,
        'Check the pattern after --usage.',
      );
    });
    if (!generated(text)) texts.set(file, text);
  }
  const usage = new Map<string, Place>();
  for (const source of parse(compiler, texts)) collectWords(compiler, source, usage);
  return usage;
}

/** Parses without looking anything up. A file that does not parse is refused: what it uses would be guessed. */
function parse(compiler: typeof ts, texts: ReadonlyMap<string, string>): ts.SourceFile[] {
  const options: ts.CompilerOptions = { noResolve: true, noLib: true, types: [], allowJs: true, jsx: compiler.JsxEmit.Preserve };
  const host: ts.CompilerHost = {
    ...compiler.createCompilerHost(options),
    getSourceFile: (file, version) => {
      const text = texts.get(file);
      return text === undefined ? undefined : compiler.createSourceFile(file, text, version);
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

function collectWords(compiler: typeof ts, source: ts.SourceFile, usage: Map<string, Place>): void {
  const file = shownPath(source.fileName);
  const visit = (node: ts.Node): void => {
    const text =
      compiler.isIdentifier(node) || compiler.isStringLiteralLike(node) || compiler.isTemplateLiteralToken(node) ? node.text : undefined;
    for (const word of text === undefined ? [] : wordsOf(text)) {
      if (!usage.has(word)) usage.set(word, { file, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1 });
    }
    compiler.forEachChild(node, visit);
  };
  visit(source);
}

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{M}\p{N}_$]+/gu) ?? [];

/** The place that makes code concerned by a change; undefined when it is not. */
export function firstUse(usage: Usage, footprint: Footprint): Place | undefined {
  for (const group of footprint) {
    const places = group.map((names) => names.map((name) => placeOf(usage, name)).find((place) => place !== undefined));
    if (places.length > 0 && places.every((place) => place !== undefined)) return places.at(-1);
  }
  return undefined;
}

/** A name of several words, as `odd name` or `billing.users`, is used where all of them are. */
function placeOf(usage: Usage, name: string): Place | undefined {
  const places = wordsOf(name).map((word) => usage.get(word));
  return places.every((place) => place !== undefined) ? places.at(-1) : undefined;
}

/** What the code does not name is no more than information; what it names points at the code. */
export function weigh({ finding, footprint }: Judged, usage: Usage): DiffFinding {
  const place = firstUse(usage, footprint);
  return place ? { ...finding, used: true, ...place } : { ...finding, used: false, severity: 'info' };
}

const shownPath = (file: string): string => relative(process.cwd(), file).replaceAll('\\', '/');
