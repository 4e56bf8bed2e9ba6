import type { FilledValue } from '../../config/filled.js';
import type { ComputedField, RelationModel } from '../../model/model.js';
import { functionName } from '../../model/reserved-names.js';
import type { StoredField } from '../../model/stored-field.js';
import { quoteLiteral } from '../../postgres/quote-literal.js';
import { objectKey, spellPath, stringLiteral } from '../typescript.js';
import { reference, spellField, sqlSource } from './field-spelling.js';
import type { Imports } from './imports.js';
import { machineVariable } from './state.js';
import type { TableNaming } from './table-naming.js';
import { otherNames, unwritableFields } from './write.js';

/** The constant that describes a model: `taskModel`. */
export const modelConstant = (alias: string) => functionName(`${alias}Model`);

/**
 * What the functions of a model derive from: its table, columns and keys, and every field that is not simply a column.
 */
export function descriptionContext(relation: RelationModel, { isCamelCase }: TableNaming, imports: Imports) {
  const { name, stored, computed, keys } = relation;
  const writable = relation.insertable || relation.updatable;
  const id = keys.find(({ tellsAll }) => tellsAll);
  const fields = [
    ...stored.flatMap((field) => (field.default === undefined ? [] : [defaultSource(field)])),
    ...computed.map((field) => computedSource(field, relation)),
  ];
  if (fields.some(({ source }) => source.startsWith('sql`'))) imports.value('kysely', 'sql');
  const list = (names: readonly string[]) => `[${names.map(stringLiteral).join(', ')}]`;
  const refused = writable ? [...unwritableFields(relation), ...otherNames(relation)] : [];
  return {
    modelType: imports.type('../runtime/model.js', 'Model'),
    modelFunction: imports.value('../runtime/model.js', 'model'),
    modelLabel: stringLiteral(name),
    relationPath: spellPath(relation.path),
    storedColumns: stored.map((field) => ({ key: spellField(field).objectKey, column: column(field) })),
    fields,
    hasFields: fields.length > 0,
    keys: keys.map((key) => list(key.fields)).join(', '),
    hasId: id !== undefined,
    id: id ? list(id.fields) : '',
    refusals: refused.map((field) => ({ key: objectKey(field.name), instead: stringLiteral(field.instead) })),
    hasRefusals: refused.length > 0,
    camelCase: isCamelCase && writable,
    ...filledContext(relation, imports),
  };
}

/** What the write functions store if no value is given. */
function filledContext({ stored }: RelationModel, imports: Imports) {
  const filled = stored.flatMap((field) => {
    const entries = Object.entries(field.filled ?? {}).map(([statement, value]) => `${statement}: ${fillValue(value)}`);
    return entries.length > 0 ? [{ key: spellField(field).objectKey, value: `{ ${entries.join(', ')} }` }] : [];
  });
  if (filled.some(({ value }) => value.includes('sql`'))) imports.value('kysely', 'sql');
  return { filled, hasFilled: filled.length > 0 };
}

const fillValue = (value: FilledValue) => (value === 'now' ? stringLiteral(value) : sqlSource(`(${value.sql.trim()})`));

/** `['context', 'jsonb', 'JSON']` */
function column(field: StoredField): string {
  const { sqlType, json, zone } = field;
  const sent = json ? 'JSON' : zone;
  const parts = [stringLiteral(sqlType), ...(sent ? [stringLiteral(sent)] : [])];
  return `[${[spellField(field).columnLiteral, ...(sqlType === '' && !sent ? [] : parts)].join(', ')}]`;
}

export interface Source {
  readonly key: string;
  readonly source: string;
}

function defaultSource(field: StoredField): Source {
  const { column: name, default: fallback } = field;
  const source = sqlSource(`coalesce(${reference(name)}, ${sqlLiteral(fallback ?? '')})`);
  return { key: spellField(field).objectKey, source };
}

function computedSource({ name, source }: ComputedField, { alias, stateMachines }: RelationModel): Source {
  const key = objectKey(name);
  if (source.kind === 'sql') return { key, source: sqlSource(`(${source.sql.trim()})`) };
  const variable = machineVariable(alias, { name: source.machine });
  if (source.kind === 'state') return { key, source: `currentState(${variable})` };
  const machine = stateMachines.find(({ field }) => field === source.machine);
  const changedAt = machine?.storage.kind === 'transitions' ? (machine.storage.changedAt?.column ?? '') : '';
  return { key, source: `ofNewest(${variable}, ${stringLiteral(changedAt)})` };
}

function sqlLiteral(value: string | number | boolean): string {
  return typeof value === 'string' ? quoteLiteral(value) : String(value);
}
