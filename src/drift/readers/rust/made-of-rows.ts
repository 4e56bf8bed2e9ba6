import type { Node } from 'web-tree-sitter';
import type { SourceText } from '../../declared.js';
import { implementedAround } from './implementations.js';
import { namesToRead, wordsOf } from './reading-places.js';
import type { RustItems, RustStruct } from './syntax.js';

/** Where code names the struct that it reads rows into, whatever the text of the statement: `query_as::<_, Task>(sql)`. */
const reading = /\bquery\w*\s*(?:!\s*[({[]|::\s*<)([^;(){}"]{0,300})|\b(\w+)::from_row\b/g;

/** A call that reads rows into a struct which only its surroundings name: `query_as(sql)`. */
const readingUnnamed = /\b(?:build_)?query_as(?:_with)?\s*\(/;

/** Code that reads rows into any struct: `where T: for<'r> FromRow<'r, PgRow>`. */
const readingAny = /(?:[^:]:|\+)\s*(?:for\s*<[^>]*>\s*)?(?:\w+::)*FromRow\b/;

/** What code makes structs of. */
interface Making extends Pick<RustItems, 'implementations'> {
  /** The structs that it writes out: `Task { id: record.id }`. */
  readonly writtenOut: readonly string[];
}

/**
 * Tells whether code makes a struct of another one, into which statements read rows, or field by field of the record of
 * `query!`, and names it at no query: `impl From<TaskRow> for Task`, `Task { id: record.id }`. A `FromRow` that is derived
 * for it, too, is not used.
 */
export function madeOfRows(
  files: readonly SourceText[],
  { implementations, writtenOut }: Making,
  filled: ReadonlySet<RustStruct>,
): (struct: RustStruct) => boolean {
  const rows = new Set([...filled].map(({ name }) => name));
  const made = new Set([
    ...implementations.flatMap(({ trait, type, of = '' }) =>
      /^(?:Try)?From$/.test(trait) && rows.has(of) ? [type] : [],
    ),
    ...namedByAll(files, writtenOut),
  ]);
  if (made.size === 0) return () => false;
  const queried = new Set(
    files.flatMap(({ text }) =>
      [...text.matchAll(reading)].flatMap(([, types = '', name = '']) => [...wordsOf(types), name]),
    ),
  );
  return ({ name }) => made.has(name) && !queried.has(name);
}

/** Of structs those that no code may read rows into without their names. */
function namedByAll(files: readonly SourceText[], names: readonly string[]): readonly string[] {
  if (files.some(({ text }) => readingAny.test(text))) return [];
  const near = new Set(namesToRead(files.filter(({ text }) => readingUnnamed.test(text))));
  return names.filter((name) => !near.has(name));
}

/** The structs that the code of a file writes out. */
export function structsWrittenOut(root: Node, isRead: (node: Node) => boolean): readonly string[] {
  return root.descendantsOfType('struct_expression').flatMap((node) => {
    const name = node?.childForFieldName('name')?.text.split('::').at(-1);
    if (!node || name === undefined || !isRead(node)) return [];
    return (name === 'Self' ? implementedAround(node) : name) ?? [];
  });
}
