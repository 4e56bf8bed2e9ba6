import type { RustStruct, TypeSyntax } from './syntax.js';

/** Functions of sqlx that read the first column of each row, which makes their type a tuple of one. */
const ofOneColumn = /(?:^|::|\.)(?:query_scalar|query_scalar_with|build_query_scalar)$/;

export const readsOneColumn = (name: string): boolean => ofOneColumn.test(name);

/**
 * The tuple that a statement is read into, `query_as::<_, (i64, String)>("…")`, as a struct with numbered fields that
 * only the line of the statement knows; undefined for any other type.
 */
export function tupleOf(
  called: string,
  type: TypeSyntax,
  { file, line }: { readonly file: string; readonly line: number },
): RustStruct | undefined {
  const parts = type.name === '()' ? type.arguments : [];
  const types = readsOneColumn(called) ? [type] : parts;
  if (types.length === 0) return undefined;
  const name = types.length === 1 ? `(${types[0]?.text},)` : `(${types.map(({ text }) => text).join(', ')})`;
  return {
    name,
    path: name,
    file,
    line,
    doc: '',
    attributes: [],
    fields: types.map((element, index) => ({ name: String(index), line, attributes: [], type: element })),
    isTuple: true,
    scope: { from: line, to: line },
  };
}
