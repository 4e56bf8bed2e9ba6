import type { Column, Relation } from '../catalog/catalog.js';
import type { ModelConfig } from '../config/models.js';
import { RowsmithError } from '../errors.js';
import { unknownColumn } from '../selection/refuse-unknown.js';
import { type ModuleExport, moduleExport } from './module-export.js';
import type { TsType } from './ts-type.js';
import type { ValueType } from './types.js';

/** What the config says about a JSON column. */
interface JsonColumn {
  /** What is stored: the input of a schema. */
  readonly type: ValueType;
  /** Set if the model's read function runs the schema: the schema, and the type of its output. */
  readonly validated?: { readonly by: ModuleExport; readonly output: TsType };
}

/** The type that the config gives to a JSON column, and the schema that checks it on read, if any. */
export function jsonColumn(relation: Relation, column: Column, { json = {} }: ModelConfig): JsonColumn | undefined {
  const config = Object.hasOwn(json, column.name) ? json[column.name] : undefined;
  if (config === undefined) return undefined;
  const place = `models.${relation.name}.json.${column.name}`;
  if (
    column.type.schema !== undefined ||
    column.type.dimensions !== undefined ||
    !['json', 'jsonb'].includes(column.type.name)
  ) {
    throw new RowsmithError('config-invalid', `${place}: the column is ${column.type.sql}, not json or jsonb.`);
  }
  const schema = typeof config !== 'string';
  const imported = moduleExport(schema ? config.schema : config, place);
  const read: TsType = { kind: 'imported', ...imported, ...(schema ? { schema: 'input' } : {}) };
  const type: ValueType = { read, write: { kind: 'json text', of: read }, notNull: false, json: true };
  if (!schema || !config.validate) return { type };
  return { type, validated: { by: imported, output: { ...read, schema: 'output' } } };
}

export function refuseUnknownJson(relation: Relation, { json = {} }: ModelConfig): void {
  const unknown = Object.keys(json).find((name) => !relation.columns.some((column) => column.name === name));
  if (unknown !== undefined) throw unknownColumn(relation, `json.${unknown}`, unknown);
}
