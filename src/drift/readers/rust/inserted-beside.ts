import type { Node } from 'web-tree-sitter';
import type { DeclaredModel, TableHint } from '../../declared.js';

/** Columns of a table that code gives a value beside the struct that it inserts. */
export interface InsertedBeside {
  /** The module of the table, without its path: `nodes`. */
  readonly table: string;
  readonly columns: readonly string[];
}

/** What Diesel inserts beside structs: `insert_into(nodes::table).values((new_node, nodes::host_id.eq(host)))`. */
export function insertedBeside(root: Node): readonly InsertedBeside[] {
  return root.descendantsOfType('tuple_expression').flatMap((tuple) => {
    const outer = tuple?.parent?.type === 'reference_expression' ? tuple.parent : tuple;
    const called = outer?.parent?.type === 'arguments' ? outer.parent.parent?.childForFieldName('function') : undefined;
    if (!tuple || called?.childForFieldName('field')?.text !== 'values') return [];
    const table = tableOf(called.text);
    const parts = tuple.namedChildren.map(
      (part) => /^(?:\w+\s*::\s*)*(\w+)\s*\.\s*eq\s*\(/.exec(part?.text ?? '')?.[1],
    );
    const columns = parts.filter((column) => column !== undefined);
    return table === undefined || columns.length === parts.length ? [] : [{ table, columns }];
  });
}

/** The table of `insert_into(schema::nodes::table)`, `insert_into(nodes)` and `insert_into(nodes::dsl::nodes)`. */
function tableOf(chain: string): string | undefined {
  const [, path = ''] = /\binsert_into\s*\(\s*((?:\w+\s*::\s*)*\w+)\s*\)/.exec(chain) ?? [];
  return path
    .split(/\s*::\s*/)
    .filter((part) => part !== 'table' && part !== '')
    .at(-1);
}

/** The columns that a struct of a table lacks, and that the code gives beside it. */
export function filledBeside(
  hints: readonly TableHint[],
  inserted: readonly InsertedBeside[],
): Pick<DeclaredModel, 'filled'> {
  const named = hints.map(({ table }) => table.split('::').at(-1));
  const filled = inserted.flatMap(({ table, columns }) => (named.includes(table) ? columns : []));
  return filled.length === 0 ? {} : { filled };
}
