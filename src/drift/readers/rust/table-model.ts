import type { DeclaredModel } from '../../declared.js';
import type { DeclaredType } from '../../declared-type.js';
import { sqlTypeOf } from '../../types/diesel-table.js';
import { crateFolder } from './crates.js';
import type { DieselTable } from './syntax.js';

/** A table of Diesel's `table!` as a model, so that it is compared with the table as every model is. */
export function tableModel(table: DieselTable, unqueried: ReadonlySet<string>): DeclaredModel {
  const { module, name, schema, columns, file, line } = table;
  return {
    name: module,
    path: schema === undefined ? module : `${schema}::${module}`,
    language: 'diesel-table',
    file,
    line,
    // `schema_v2.rs` beside `schema.rs` is for another program.
    twinKey: `${crateFolder(file)} ${schema ?? ''} ${name}`,
    construct: 'table!',
    profile: 'diesel-table',
    tables: [
      {
        table: name,
        by: 'table!',
        ...(schema === undefined ? {} : { schema }),
        ...(unqueried.has(module) ? { mentioned: true as const } : {}),
      },
    ],
    role: isSequence(table) ? { kind: 'other', reason: 'its columns are those of a sequence' } : { kind: 'row' },
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

/** The columns that a SELECT from a sequence gives. */
const ofSequence = ['last_value', 'log_cnt', 'is_called'];

function isSequence({ columns }: DieselTable): boolean {
  return columns.length > 0 && columns.every(({ name }) => ofSequence.includes(name));
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
