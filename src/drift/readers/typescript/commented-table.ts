import type ts from '@typescript/typescript6';
import type { TableHint } from '../../declared.js';
import { saysTable, tableInDoc } from '../names.js';
import type { Declaration, TypeScript } from './shape.js';

const by = 'its doc comment';

/**
 * The table that the comments before a declaration name. ``Maps to `users` `` says it, wherever it stands. Other words
 * count only right before the declaration, and less where they seem to be about something else than rows.
 */
export function commentedTable(typescript: TypeScript, declaration: Declaration): TableHint | undefined {
  const { comments, adjacent, node } = declaration;
  if (saysTable(comments)) return { table: tableInDoc(comments) ?? '', by };
  const table = tableInDoc(adjacent);
  if (table === undefined) return undefined;
  const isPlain = isOfRows(adjacent, table) || (!isWorker(typescript, node) && isShort(adjacent, table));
  return { table, by, ...(isPlain ? { noted: true } : { mentioned: true }) };
}

/** Whether a comment calls something the rows of a table: ``A record in the `users` table``. */
function isOfRows(comment: string, table: string): boolean {
  const before = comment.slice(0, comment.search(quoted(table)));
  return /\b(?:rows?|records?|model)\s+(?:\w+\s+){0,3}$/i.test(before.replace(/[\s/*]+/g, ' '));
}

/** Most words before a table's name in a comment that is about little else: ``Represents the `users` table``. */
const fewWords = 4;

function isShort(comment: string, table: string): boolean {
  const before = comment.slice(0, comment.search(quoted(table)));
  return (before.match(/[\w'-]+/g) ?? []).length <= fewWords;
}

const quoted = (name: string): RegExp => new RegExp(`[\`'"]${name.replace(/\W/g, String.raw`\$&`)}[\`'"]`);

/** Whether a class does work, as a service or a repository does: it has methods, or is made of other things. */
function isWorker(typescript: TypeScript, node: ts.Node): boolean {
  return (
    typescript.isClassDeclaration(node) &&
    node.members.some(
      (member) =>
        typescript.isMethodDeclaration(member) ||
        (typescript.isConstructorDeclaration(member) && member.parameters.length > 0),
    )
  );
}
