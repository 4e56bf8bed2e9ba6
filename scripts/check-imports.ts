/**
 * Checks the import rule: the folders of `src/` build on each other in one direction, a heavy package is imported by
 * one folder only, and files do not import each other in a circle. Prints each violation as `file:line: message` and
 * exits with 1. ARCHITECTURE.md must contain the rule's table, made from `import-rules.ts`.
 *
 *     npm run check-imports
 *     npm run check-imports -- --table      prints the table for ARCHITECTURE.md
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { FOLDERS, PACKAGES } from './import-rules.js';

interface ModuleName {
  readonly specifier: string;
  /** Whether the import disappears at run time: `import type` and `import('…').Type`. */
  readonly typeOnly: boolean;
}

interface Import extends ModuleName {
  readonly line: number;
  /** The path below `src/`, if the specifier is one of our files. */
  readonly target?: string;
}

const map = fileURLToPath(new URL('../ARCHITECTURE.md', import.meta.url));
const isTable = process.argv.includes('--table');
const given = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const root = resolve(given ?? fileURLToPath(new URL('../src', import.meta.url)));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => file.endsWith('.ts'))
  .sort();
const graph = new Map(files.map((file) => [file, importsOf(file)]));

const violations = [...graph].flatMap(([file, imports]) => imports.flatMap((found) => judge(file, found)));
violations.push(...cycles());
// There is no ARCHITECTURE.md next to a copy of the sources in another folder, such as a test makes.
if (given === undefined && !readFileSync(map, 'utf8').includes(table())) {
  violations.push(
    '../ARCHITECTURE.md:1: its table of folders is not that of the rule: paste `npm run check-imports -- --table`',
  );
}

const prefix = relative(process.cwd(), root);
for (const violation of violations) console.error(join(prefix, violation));
if (isTable) console.log(table());
else if (violations.length > 0) process.exitCode = 1;
else console.log(`The import rule holds in ${files.length} files.`);

/** The rule as a Markdown table, with a row for each part, in the order in which the parts build on each other. */
function table(): string {
  const rows = FOLDERS.map(({ name, does, mayImport, mayImportTypes = [], because }) => {
    const imports = [...mayImport.map(spelled), ...mayImportTypes.map((folder) => `types of ${spelled(folder)}`)];
    return `| ${spelled(name)} | ${does} | ${imports.join(', ') || 'nothing'} | ${because} |`;
  });
  return ['| Part of `src/` | Does | May import | Because |', '|---|---|---|---|', ...rows].join('\n');
}

/** The name of a part with its ending: `catalog/` for a folder, `errors.ts` for a file. */
function spelled(name: string): string {
  return existsSync(join(root, `${name}.ts`)) ? `\`${name}.ts\`` : `\`${name}/\``;
}

function judge(file: string, found: Import): readonly string[] {
  const { specifier, target } = found;
  const broken = target === undefined ? judgePackage(file, specifier) : judgeFolder(file, target, found);
  return broken === undefined ? [] : [`${file}:${found.line}: ${broken}`];
}

function judgePackage(file: string, specifier: string): string | undefined {
  const rule = PACKAGES.find(({ packages }) => packages.test(specifier));
  if (rule === undefined) return undefined;
  const allowed = rule.onlyIn.some((place) => (place.endsWith('/') ? file.startsWith(place) : file === place));
  return allowed ? undefined : `only ${rule.onlyIn.join(' and ')} imports "${specifier}": ${rule.because}`;
}

function judgeFolder(file: string, target: string, { typeOnly }: Import): string | undefined {
  const [from, to] = [folderOf(file), folderOf(target)];
  if (from === to) return undefined;
  const rule = FOLDERS.find(({ name }) => name === from);
  if (rule === undefined) return `"${from}" has no place in the import rule: add it to scripts/import-rules.ts`;
  if (rule.mayImport.includes(to)) return undefined;
  const types = rule.mayImportTypes?.includes(to) ?? false;
  if (types && typeOnly) return undefined;
  return `${from} may ${types ? 'only import types from' : 'not import'} ${to}: ${rule.because}`;
}

/** The part that a file belongs to: `catalog/query/catalog-query.ts` → `catalog`; `errors.ts` → `errors`. */
function folderOf(file: string): string {
  return (file.split('/')[0] ?? file).replace(/\.ts$/, '');
}

function importsOf(file: string): readonly Import[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest);
  const imports: Import[] = [];
  const visit = (node: ts.Node): void => {
    const found = moduleNamedBy(node);
    if (found !== undefined) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      const target = ownFile(file, found.specifier);
      imports.push({ ...found, line, ...(target === undefined ? {} : { target }) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return imports;
}

function moduleNamedBy(node: ts.Node): ModuleName | undefined {
  if (ts.isImportDeclaration(node)) return named(node.moduleSpecifier, node.importClause?.isTypeOnly ?? false);
  if (ts.isExportDeclaration(node)) return named(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return named(node.argument.literal, true);
  if (ts.isCallExpression(node) && isLoader(node.expression)) return named(node.arguments[0], false);
  return undefined;
}

function named(node: ts.Node | undefined, typeOnly: boolean): ModuleName | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? { specifier: node.text, typeOnly } : undefined;
}

/** Whether a call loads a module: `import(…)`, `require(…)` or `require.resolve(…)`. */
function isLoader(callee: ts.Expression): boolean {
  const name = ts.isPropertyAccessExpression(callee) ? callee.expression : callee;
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(name) && name.text === 'require');
}

function ownFile(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const path = resolve(root, dirname(file), specifier.replace(/\.js$/, '.ts'));
  const target = relative(root, path).split(sep).join('/');
  return target.startsWith('..') || !existsSync(path) ? undefined : target;
}

/** Messages for imports that close a circle, including type-only imports. */
function cycles(): readonly string[] {
  const found: string[] = [];
  const finished = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    for (const { target, line } of graph.get(file) ?? []) {
      if (target === undefined || finished.has(target)) continue;
      const start = path.indexOf(target);
      if (start >= 0) found.push(`${file}:${line}: imports in a circle: ${[...path.slice(start), target].join(' → ')}`);
      else visit(target, [...path, target]);
    }
    finished.add(file);
  };
  for (const file of files) if (!finished.has(file)) visit(file, [file]);
  return found;
}
