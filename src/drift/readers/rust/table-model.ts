import type { DeclaredModel } from '../../declared.js';
import type { DeclaredType } from '../../declared-type.js';
import { sqlTypeOf } from '../../types/diesel-table.js';
import type { DieselTable } from './syntax.js';

/** A table of Diesel's `table!` as a model, so that it is compared with the table as every model is. */
export function tableModel(table: DieselTable): DeclaredModel {
  const { module, name, schema, columns, file, line } = table;
  return {
    name: module,
    path: schema === undefined ? module : `${schema}::${module}`,
    language: 'diesel-table',
    file,
    line,
    construct: 'table!',
    profile: 'diesel-table',
    tables: [{ table: name, by: 'table!', ...(schema === undefined ? {} : { schema }) }],
    role: { kind: 'row' },
    readsRows: true,
    covers: 'schema',
    fields: columns.map((column) => ({
      name: column.field,
      line: column.line,
      type: typeOf(column.type),
      ...(column.name === column.field ? {} : { column: { name: column.name, by: '#[sql_name]' } }),
    })),
  };
}

/** Type of a column: `Nullable<Array<Nullable<Text>>>` is a nullable array of `Text`. */
export function typeOf(text: string): DeclaredType {
  let rest = text.replace(/\w+::/g, '');
  let nullable = false;
  let dimensions = 0;
  for (let wrapped = wrapper.exec(rest); wrapped; wrapped = wrapper.exec(rest)) {
    const [, name, inner = ''] = wrapped;
    if (name === 'Array') dimensions++;
    else if (dimensions === 0) nullable = true;
    rest = inner;
  }
  return { ...sqlTypeOf(rest), text, nullable, dimensions };
}

const wrapper = /^(Nullable|Array)<(.*)>$/;
