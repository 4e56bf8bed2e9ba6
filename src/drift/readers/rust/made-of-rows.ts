import type { SourceText } from '../../declared.js';
import type { RustItems, RustStruct } from './syntax.js';

/** Where code names the struct that it reads rows into, whatever the text of the statement: `query_as::<_, Task>(sql)`. */
const reading = /\bquery\w*\s*(?:!\s*[({[]|::\s*<)([^;(){}"]{0,300})|\b(\w+)::from_row\b/g;

/**
 * Tells whether code makes a struct of another one, into which statements read rows, and names it at no query:
 * `impl From<TaskRow> for Task`. Then `FromRow` is derived for both, and used for that other one.
 */
export function madeOfRows(
  files: readonly SourceText[],
  implementations: RustItems['implementations'],
  filled: ReadonlySet<RustStruct>,
): (struct: RustStruct) => boolean {
  const rows = new Set([...filled].map(({ name }) => name));
  const made = new Set(
    implementations.flatMap(({ trait, type, of = '' }) => (/^(?:Try)?From$/.test(trait) && rows.has(of) ? [type] : [])),
  );
  if (made.size === 0) return () => false;
  const queried = new Set(
    files.flatMap(({ text }) =>
      [...text.matchAll(reading)].flatMap(([, types = '', name = '']) => [...(types.match(/\w+/g) ?? []), name]),
    ),
  );
  return ({ name }) => made.has(name) && !queried.has(name);
}
