import type ts from '@typescript/typescript6';
import type { TypeScript } from './shape.js';

/** A file in a folder of migrations that has a number before its name, or is in a folder that has one. */
const numbered = /(?:^|\/)migrations?\/(?:.*\/)?\d[^/]*(?:\/.*)?\.[cm]?tsx?$/;

/**
 * Whether a file is a migration, which runs against an earlier schema: it has a number in a folder of migrations, or
 * does `up` and `down`, as functions that it exports or as methods of a class.
 */
export function isMigration(typescript: TypeScript, { fileName, statements }: ts.SourceFile): boolean {
  if (numbered.test(fileName)) return true;
  const exported = new Set(statements.flatMap((statement) => exportedNames(typescript, statement)));
  if (exported.has('up') && exported.has('down')) return true;
  return statements.some((one) => {
    const methods = typescript.isClassDeclaration(one) ? one.members.map(({ name }) => name?.getText()) : [];
    return methods.includes('up') && methods.includes('down');
  });
}

function exportedNames(typescript: TypeScript, statement: ts.Statement): readonly string[] {
  if (!typescript.canHaveModifiers(statement)) return [];
  if (!statement.modifiers?.some(({ kind }) => kind === typescript.SyntaxKind.ExportKeyword)) return [];
  if (typescript.isFunctionDeclaration(statement)) return [statement.name?.text ?? ''];
  if (!typescript.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.map(({ name }) => name.getText());
}
