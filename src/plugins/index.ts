/**
 * What plugin authors need in addition to their own code: the types that pass between the stages, and functions that
 * spell values safely.
 */
export type { Catalog, Column, Relation } from '../catalog/catalog.js';
export { fieldWrites } from '../emit/contexts/field-writes.js';
export { Imports } from '../emit/contexts/imports.js';
export { jsonValue } from '../emit/contexts/write.js';
export { generatedNotice, type OutputFile } from '../emit/output-file.js';
export {
  docComment,
  objectKey,
  propertyKey,
  spellType,
  stringLiteral,
  type TypeNames,
  templateText,
} from '../emit/typescript.js';
export type { ComputedField, RelationModel, Schema } from '../model/model.js';
export type { StoredField } from '../model/stored-field.js';
export type { TsType } from '../model/ts-type.js';
export type { Plugin, PluginInput } from './plugin.js';
