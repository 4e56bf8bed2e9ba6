import { quoteIdentifier } from '../../catalog/sql.js';
import type { ComputedField, RelationModel, StateMachine, StoredField } from '../../model/model.js';
import { builtin, sameType, shared, union, type TsType } from '../../model/ts-type.js';
import { docComment, objectKey, propertyAccess, propertyKey, spellType, stringLiteral, templateText } from '../typescript.js';
import { Imports } from './imports.js';
import { tableContext } from './table.js';

/** The context of `model.ts.hbs`: one relation's table, model, and functions, all spelled. */
export function modelContext(relation: RelationModel) {
  const imports = new Imports(ownNames(relation));
  const spell = (type: TsType) => spellType(type, (name) => imports.type('../types.js', name));
  const { name, alias, plural, stored, computed, stateMachine } = relation;
  const table = tableContext(relation, imports);
  const context = {
    ...table,
    name,
    plural,
    label: `${relation.relation.schema}.${relation.relation.name}`.replaceAll(/[`\s]+|\*\//g, ' '),
    stored: stored.map((field) => ({ key: propertyKey(field.name), type: spell(field.fieldSelect), doc: docComment(storedDoc(field)) })),
    computed: computed.map((field) => ({ key: `readonly ${propertyKey(field.name)}`, type: spellComputed(field, stateMachine, spell), doc: docComment(field.comment) })),
    relationPath: spellPath(relation.relation),
    alias: stringLiteral(alias),
    variable: alias,
    fieldsName: `${alias}Fields`,
    fields: [...stored.map(storedSource), ...computed.map((field) => computedSource(field, relation))],
    ...writeContext(relation, spell, imports),
    ...stateContext(relation, spell),
  };
  imports.value('kysely', 'sql');
  imports.type('kysely', 'AliasedExpression');
  imports.value('../runtime.js', 'relation');
  if (context.hasState) {
    for (const value of ['currentState', 'inState']) imports.value('../runtime.js', value);
    for (const type of ['InState', 'StateMachine']) imports.type('../runtime.js', type);
  }
  return { ...context, imports: imports.lines().sort((a, b) => importRank(a) - importRank(b)) };
}

const importRank = (line: string) => ["'kysely'", "'../runtime.js'", "'../types.js'"].findIndex((module) => line.includes(module));

function ownNames({ name, tableName, stateMachine }: RelationModel): Set<string> {
  const suffixes = ['', 'Stored', 'Computed', 'Insert', 'Update'];
  return new Set([tableName, ...suffixes.map((suffix) => `${name}${suffix}`), ...(stateMachine ? [stateMachine.typeName] : [])]);
}

function storedDoc({ column, name, default: fallback, comment }: StoredField): string | undefined {
  const facts = [
    ...(name.toLowerCase() === column.replaceAll('_', '').toLowerCase() ? [] : [`Column \`${column}\`.`]),
    ...(fallback === undefined ? [] : [`Reads as ${JSON.stringify(fallback)} when null.`]),
  ];
  return [...(comment === undefined ? [] : [comment]), ...(facts.length > 0 ? [facts.join(' ')] : [])].join('\n');
}

/** A state is known by the name of its union, which the module declares itself. */
function spellComputed({ kind, type }: ComputedField, machine: StateMachine | undefined, spell: (type: TsType) => string): string {
  if (kind !== 'state' || !machine?.states) return spell(type);
  return machine.initial === undefined ? `${machine.typeName} | null` : machine.typeName;
}

interface FieldSource {
  readonly key: string;
  readonly source: string;
}

function storedSource({ name, column, default: fallback }: StoredField): FieldSource {
  const reference = `t.${/^[a-z_][a-z0-9_]*$/.test(column) ? column : quoteIdentifier(column)}`;
  const sql = fallback === undefined ? reference : `coalesce(${reference}, ${sqlLiteral(fallback)})`;
  return { key: objectKey(name), source: `sql\`${templateText(sql)}\`` };
}

function computedSource({ name, kind, sql = '' }: ComputedField, { alias }: RelationModel): FieldSource {
  const source = kind === 'state' ? `currentState(${alias}StateMachine)` : `sql\`(${templateText(sql.trim())})\``;
  return { key: objectKey(name), source };
}

function sqlLiteral(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function spellPath({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return `[${(schema === 'public' ? [name] : [schema, name]).map(stringLiteral).join(', ')}]`;
}

/** The types and the function for writing; only where the relation can be written. */
function writeContext(relation: RelationModel, spell: (type: TsType) => string, imports: Imports) {
  const { name, stored, computed, insertable, updatable } = relation;
  const writable = insertable || updatable;
  if (writable) imports.value('../runtime.js', 'refuseUnwritable');
  if (stored.some((field) => field.json && (field.insert ?? field.update))) imports.value('../runtime.js', 'jsonText');
  if (insertable) imports.type('kysely', 'Insertable');
  if (updatable) imports.type('kysely', 'Updateable');
  const writableFields = stored.filter(({ insert, update }) => insert ?? update);
  const unwritable = [
    ...stored.filter((field) => !writableFields.includes(field)).map((field) => ({ key: field.name, instead: 'the database generates it' })),
    ...computed.map((field) => ({ key: field.name, instead: field.instead })),
  ];
  return {
    insertable,
    updatable,
    writable,
    writeType: [...(insertable ? [`${name}Insert`] : []), ...(updatable ? [`${name}Update`] : [])].join(' | '),
    rowType: [...(insertable ? [`Insertable<${relation.tableName}>`] : []), ...(updatable ? [`Updateable<${relation.tableName}>`] : [])].join(' | '),
    rowFunction: `to${name}Row`,
    insertFields: stored.flatMap((field) => (field.insert ? [writeField(field, field.insert, spell)] : [])),
    updateFields: stored.flatMap((field) => (field.update ? [writeField(field, { type: field.update, optional: true }, spell)] : [])),
    refused: unwritable.map(({ key, instead }) => ({ key: `${propertyKey(key)}?`, type: 'never', doc: docComment(`Not writable: ${instead}.`) })),
    unwritable: unwritable.map(({ key, instead }) => ({ key: objectKey(key), instead: stringLiteral(instead) })),
    writableNames: writableFields.map((field) => stringLiteral(field.name)),
    rowColumns: writableFields.map((field) => {
      const value = `values${propertyAccess(field.name)}`;
      return { key: objectKey(field.column), value: field.json ? `jsonText(${value})` : value };
    }),
  };
}

/** An optional property may be given as undefined, which Kysely leaves out. */
function writeField(field: StoredField, write: { readonly type: TsType; readonly optional: boolean }, spell: (type: TsType) => string) {
  const json = (type: TsType): TsType => (field.json ? replaceShared(type, 'JsonInput', 'Json') : type);
  const type = spell(write.optional ? union(json(write.type), builtin('undefined')) : json(write.type));
  return { key: `${propertyKey(field.name)}${write.optional ? '?' : ''}`, type, doc: docComment(field.comment) };
}

function replaceShared(type: TsType, from: string, to: string): TsType {
  if (sameType(type, shared(from))) return shared(to);
  return type.kind === 'union' ? union(...type.members.map((member) => replaceShared(member, from, to))) : type;
}

function stateContext({ alias, stateMachine: machine }: RelationModel, spell: (type: TsType) => string) {
  if (!machine) return { hasState: false, hasStates: false };
  return {
    hasState: true,
    hasStates: machine.states !== undefined,
    stateType: machine.states ? machine.typeName : spell(machine.type),
    statesName: machine.valuesName,
    states: (machine.states ?? []).map(stringLiteral),
    machineName: `${alias}StateMachine`,
    machine: [
      ['transitions', spellPath(machine.transitions)],
      ['foreignKey', stringLiteral(machine.foreignKey)],
      ['toState', stringLiteral(machine.toState)],
      ['newest', `{ by: ${stringLiteral(machine.newest.by)}, column: ${stringLiteral(machine.newest.column)} }`],
      ['initial', machine.initial === undefined ? 'null' : stringLiteral(machine.initial)],
      ['parentColumn', stringLiteral(machine.parentColumn)],
      ['parentField', stringLiteral(machine.parentField)],
      ['alias', stringLiteral(alias)],
    ].map(([key, value]) => ({ key, value })),
    inStateName: `${alias}InState`,
  };
}
