import type ts from '@typescript/typescript6';
import type { TypeScript } from './shape.js';

/** What a file imports or re-exports under a name: `import { Row as UserRow } from './rows'`. */
export interface Import {
  /** Where from, as written: `./rows`, `@acme/database`. */
  readonly from: string;
  /** Its name there; `default`, or `*` for everything. */
  readonly name: string;
}

/** The imports and re-exports of a file, by the names that the file gives them. */
export interface Imports {
  readonly imported: ReadonlyMap<string, Import>;
  readonly exported: ReadonlyMap<string, Import>;
  /** Files of which everything is exported: `export * from './rows'`. */
  readonly wholes: readonly string[];
  /** Name of what is exported by default: `export default Row`. */
  readonly byDefault?: string;
}

export function importsOf(typescript: TypeScript, source: ts.SourceFile): Imports {
  const imported = new Map<string, Import>();
  const exported = new Map<string, Import>();
  const wholes: string[] = [];
  let byDefault: string | undefined;
  for (const statement of source.statements) {
    if (typescript.isImportDeclaration(statement)) addImports(typescript, statement, imported);
    if (typescript.isExportAssignment(statement)) byDefault = statement.expression.getText();
    if (!typescript.isExportDeclaration(statement) || !statement.moduleSpecifier) continue;
    const from = textOf(typescript, statement.moduleSpecifier);
    const clause = statement.exportClause;
    if (!clause) wholes.push(from);
    else if (typescript.isNamespaceExport(clause)) exported.set(clause.name.text, { from, name: '*' });
    else
      for (const { name, propertyName } of clause.elements) exported.set(name.text, named(from, propertyName ?? name));
  }
  return { imported, exported, wholes, ...(byDefault === undefined ? {} : { byDefault }) };
}

function addImports(typescript: TypeScript, statement: ts.ImportDeclaration, imported: Map<string, Import>): void {
  const from = textOf(typescript, statement.moduleSpecifier);
  const { name, namedBindings } = statement.importClause ?? {};
  if (name) imported.set(name.text, { from, name: 'default' });
  if (!namedBindings) return;
  if (typescript.isNamespaceImport(namedBindings)) imported.set(namedBindings.name.text, { from, name: '*' });
  else
    for (const element of namedBindings.elements)
      imported.set(element.name.text, named(from, element.propertyName ?? element.name));
}

const named = (from: string, { text: name }: ts.ModuleExportName): Import => ({ from, name });

function textOf(typescript: TypeScript, specifier: ts.Expression): string {
  return typescript.isStringLiteralLike(specifier) ? specifier.text : '';
}
