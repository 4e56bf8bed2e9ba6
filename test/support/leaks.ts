import { marked, type Token, type Tokens } from 'marked';
import { type DefaultTreeAdapterMap, html, parse } from 'parse5';
import ts from 'typescript';
import { withCheck } from './compile.js';
import { mark } from './hostile-schemas.js';

/** Where texts of a schema appear in an output as something that they must not be: `path:line: what`. */
export function leaksIn(path: string, text: string): readonly string[] {
  if (path.endsWith('.ts')) return inTypeScript(path, text);
  if (path.endsWith('.html')) return inHtml(text).map((what) => `${path}: ${what}`);
  if (path.endsWith('.md')) return inMarkdown(text).map((what) => `${path}: ${what}`);
  return [];
}

/**
 * In TypeScript, a text may be in a string, in a template without substitutions, in the name of a property, or in a
 * comment that is not a directive to the compiler.
 */
function inTypeScript(path: string, text: string): readonly string[] {
  if (!text.includes(mark)) return [];
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true) as ts.SourceFile & {
    readonly commentDirectives?: readonly { readonly range: ts.TextRange }[];
    readonly parseDiagnostics: readonly ts.Diagnostic[];
  };
  const leaks: string[] = [];
  const found = (position: number, what: string) =>
    leaks.push(`${path}:${file.getLineAndCharacterOfPosition(position).line + 1}: ${what}`);
  for (const { start, messageText } of file.parseDiagnostics)
    found(start ?? 0, ts.flattenDiagnosticMessageText(messageText, ' '));
  for (const { range } of file.commentDirectives ?? [])
    found(range.pos, `an instruction to the compiler: ${text.slice(range.pos, range.end)}`);
  for (const { pos } of [...file.referencedFiles, ...file.typeReferenceDirectives, ...file.libReferenceDirectives])
    found(pos, 'a reference');
  if (/^\s*(\/\/|\/\*+)\s*@ts-(no)?check/m.test(withCheck(text))) found(0, 'the compiler is told not to look');
  const visit = (node: ts.Node): void => {
    if (!file.text.slice(node.pos, node.end).includes(mark)) return;
    let isLeaf = true;
    ts.forEachChild(node, (child) => {
      isLeaf = false;
      visit(child);
    });
    if (isLeaf && node.getText(file).includes(mark) && !mayHoldText(node))
      found(node.getStart(file), `${ts.SyntaxKind[node.kind]} ${node.getText(file)}`);
  };
  visit(file);
  return leaks;
}

function mayHoldText(node: ts.Node): boolean {
  if (
    ts.isStringLiteral(node) ||
    ts.isNoSubstitutionTemplateLiteral(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node)
  )
    return true;
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  const isKey =
    ts.isPropertySignature(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isPropertyAccessExpression(parent);
  return isKey && parent.name === node;
}

type Node = DefaultTreeAdapterMap['node'];

/** In HTML, a text may be text, or the value of an attribute that neither runs nor loads anything. */
function inHtml(text: string): readonly string[] {
  const leaks: string[] = [];
  const visit = (node: Node): void => {
    if (node.nodeName === '#comment' && 'data' in node && node.data.includes(mark)) leaks.push('a comment');
    if ('tagName' in node) {
      if (node.tagName.toLowerCase().includes(mark.toLowerCase())) leaks.push(`the element ${node.tagName}`);
      for (const { name, value } of node.attrs) {
        const isSafe =
          /^(id|class|title|role|aria-.*|data-.*|for|d|x|y|width|height|viewbox)$/i.test(name) ||
          (name === 'href' && value.startsWith('#'));
        if (name.includes(mark.toLowerCase()) || name.startsWith('on') || (value.includes(mark) && !isSafe))
          leaks.push(`the attribute ${name}="${value}" of ${node.tagName}`);
      }
      const isCode = node.tagName === 'script' || node.tagName === 'style';
      if (
        isCode &&
        node.namespaceURI === html.NS.HTML &&
        node.childNodes.some((child) => 'value' in child && child.value.includes(mark))
      )
        leaks.push(`the text of ${node.tagName}`);
    }
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(text, { onParseError: ({ code, startLine }) => leaks.push(`line ${startLine}: ${code}`) }));
  return leaks;
}

function innerTokens(token: Token): readonly Token[] {
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [...header, ...rows.flat()].flatMap(({ tokens }) => tokens);
  }
  if ('items' in token) return (token as Tokens.List).items;
  return (token as Tokens.Generic).tokens ?? [];
}

/** In Markdown, a text may be text or code, but in a heading only code. There must be no HTML at all. */
function inMarkdown(text: string): readonly string[] {
  const leaks: string[] = [];
  const visit = (token: Token, isHeading: boolean): void => {
    if (token.type === 'html') leaks.push(`HTML: ${token.raw}`);
    if (!token.raw.includes(mark)) return;
    if (['link', 'image', 'def', 'blockquote', 'hr', 'strong', 'em', 'del'].includes(token.type))
      leaks.push(`${token.type}: ${token.raw}`);
    const inner = innerTokens(token);
    if (inner.length === 0 && isHeading && token.type !== 'codespan') leaks.push(`a heading: ${token.raw}`);
    inner.forEach((child) => visit(child, isHeading || token.type === 'heading'));
  };
  marked.lexer(text, { gfm: true }).forEach((token) => visit(token, false));
  return leaks;
}
