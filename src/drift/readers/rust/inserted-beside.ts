import type { Node } from 'web-tree-sitter';
import type { DeclaredModel } from '../../declared.js';
import { moduleNamed } from './diesel-struct.js';
import type { InsertedBeside } from './syntax.js';

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
    const structs = parts.length - columns.length;
    return table === undefined || structs === 0 ? [] : [{ table, columns, ofSeveral: structs > 1 }];
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

/** A struct that rows are inserted from, and its table. */
type Inserted = Pick<DeclaredModel, 'tables' | 'inserts' | 'fields'>;

/** Models with the columns that they lack, and that the code gives beside them. */
export function withFilledBeside<Model extends Inserted>(
  models: readonly Model[],
  beside: readonly InsertedBeside[],
): readonly Model[] {
  if (beside.length === 0) return models;
  const moduleOf = ({ tables: [first] }: Inserted) => first && moduleNamed(first.table);
  return models.map((model) => {
    const own = model.inserts ? beside.filter(({ table }) => table === moduleOf(model)) : [];
    const others = own.some(({ ofSeveral }) => ofSeveral)
      ? models.filter((other) => other.inserts && other !== model && moduleOf(other) === moduleOf(model))
      : [];
    const filled = [
      ...own.flatMap(({ columns }) => columns),
      ...others.flatMap(({ fields }) => fields.map(({ name, column }) => column?.name ?? name)),
    ];
    return filled.length === 0 ? model : { ...model, filled };
  });
}
