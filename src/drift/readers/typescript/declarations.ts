import type ts from '@typescript/typescript6';
import type { Declaration, TypeScript } from './shape.js';

/** Collects the declarations that may be models or be used by one, inside namespaces too. */
export function collectDeclarations(typescript: TypeScript, sources: readonly ts.SourceFile[]): readonly Declaration[] {
  return sources.flatMap((source) => declarationsIn(typescript, source, source.statements));
}

function declarationsIn(
  typescript: TypeScript,
  source: ts.SourceFile,
  statements: readonly ts.Statement[],
): readonly Declaration[] {
  return statements.flatMap((statement) => {
    if (typescript.isModuleDeclaration(statement) && statement.body && typescript.isModuleBlock(statement.body)) {
      return declarationsIn(typescript, source, statement.body.statements);
    }
    const found = leadingComments(typescript, source, statement);
    return namedNodes(typescript, statement).map(({ name, node }) => ({
      name: name.text,
      file: source.fileName,
      line: source.getLineAndCharacterOfPosition(name.getStart(source)).line + 1,
      node,
      ...found,
    }));
  });
}

function namedNodes(
  typescript: TypeScript,
  statement: ts.Statement,
): readonly { readonly name: ts.Identifier; readonly node: Declaration['node'] }[] {
  if (
    typescript.isInterfaceDeclaration(statement) ||
    typescript.isTypeAliasDeclaration(statement) ||
    typescript.isEnumDeclaration(statement)
  ) {
    return [{ name: statement.name, node: statement }];
  }
  if (typescript.isClassDeclaration(statement))
    return statement.name ? [{ name: statement.name, node: statement }] : [];
  if (!typescript.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap((node) =>
    typescript.isIdentifier(node.name) && node.initializer ? [{ name: node.name, node }] : [],
  );
}

/** The comments before a node: all, and those without an empty line after them. The header of a file has one. */
function leadingComments(
  typescript: TypeScript,
  source: ts.SourceFile,
  node: ts.Node,
): Pick<Declaration, 'comments' | 'adjacent'> {
  const ranges = typescript.getLeadingCommentRanges(source.text, node.getFullStart()) ?? [];
  const ends = [...ranges.slice(1).map(({ pos }) => pos), node.getStart(source)];
  const last = ranges.findLastIndex(({ end }, index) => /\n\s*\n/.test(source.text.slice(end, ends[index])));
  const textOf = (some: readonly ts.CommentRange[]) =>
    some
      .map(({ pos, end }) => source.text.slice(pos, end))
      .join('\n')
      .replace(/^[^\S\n]*\*(?!\/)/gm, '');
  return { comments: textOf(ranges), adjacent: textOf(ranges.slice(last + 1)) };
}
