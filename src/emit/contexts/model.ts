import type { ComputedField, RelationModel } from '../../model/model.js';
import { camelCase, pascalCase } from '../../model/names.js';
import { functionName } from '../../model/reserved-names.js';
import type { StateMachine } from '../../model/state/state-machine.js';
import type { StoredField } from '../../model/stored-field.js';
import { isNullable, type TsType } from '../../model/ts-type.js';
import type { ModuleNames } from '../module-specifier.js';
import { commentText, docComment, propertyKey, speller, stringLiteral } from '../typescript.js';
import { codeContext } from './code.js';
import { descriptionContext, modelConstant } from './description.js';
import { fieldDoc, type SpelledField, spelledFields } from './field-doc.js';
import { Imports } from './imports.js';
import { type RowFormat, rowNames, rowsContext } from './rows.js';
import { stateContext, stateNames } from './state.js';
import { tableContext } from './table.js';
import { writeContext } from './write.js';

/** The context of `model.ts.hbs`: one relation's table, model, and functions, all spelled. */
export function modelContext(relation: RelationModel, { moduleSpecifier, extension }: ModuleNames, format: RowFormat) {
  const names = valueNames(relation);
  const own = new Set([...typeNames(relation), ...Object.values(names), ...stateNames(relation)]);
  const imports = new Imports(own, ['kysely', '../runtime/', '../types.js'], extension);
  const specifier = (module: string) => imports.users(moduleSpecifier(module, 'models'));
  const spell = speller(imports.typeNames('../types.js', specifier));
  const { name, rowName, alias, plural, stored, computed } = relation;
  const spelled = spelledFields(stored);
  imports.type('kysely', 'AliasedExpression');
  imports.value('../runtime/relation.js', 'relation');
  if (relation.insertable || relation.updatable) {
    imports.value('../runtime/relation.js', 'returningFields');
    imports.type('../runtime/relation.js', 'ReturningFields');
  }
  return {
    ...tableContext(relation, format.naming, imports, spell),
    name,
    rowName,
    hasRow: rowName !== name,
    rowFields: spelled.flatMap(({ field, spelling, doc }) =>
      field.validated ? [{ key: spelling.key, type: spell(field.fieldSelect), doc }] : [],
    ),
    validated: stored.flatMap((field) => (field.validated ? [stringLiteral(field.name)] : [])).join(' | '),
    plural,
    readName: names.read,
    returningName: names.returning,
    label: commentText(`${relation.relation.schema}.${relation.relation.name}`.replaceAll('`', ' ')),
    stored: spelled.map((one) => ({
      key: one.spelling.key,
      type: spellStored(one.field, relation, spell),
      doc: storedDoc(one),
    })),
    computed: computed.map((field) => ({
      key: `readonly ${propertyKey(field.name)}`,
      type: spellComputed(field, relation, spell),
      doc: docComment(field.comment),
    })),
    writtenAs: writtenAs(relation),
    alias: stringLiteral(alias),
    variable: names.model,
    ...descriptionContext(relation, format.naming, imports),
    ...writeContext(relation, spelled, imports, spell),
    ...rowsContext(relation, format, imports, spell),
    ...stateContext(relation, imports, spell),
    ...codeContext(relation, imports, specifier),
    // Last, when all imports are known.
    noCheck: imports.noCheck,
    imports: imports.lines(),
  };
}

/**
 * Table types, with one column each, that identify a query's table as this one: the table under its key in `DB`, with
 * or without the schema, and under its names for programs with CamelCasePlugin.
 */
function writtenAs({ key, stored, relation: { name } }: RelationModel): string {
  const column = (stored.find(({ column: own }) => /^[a-z][a-z0-9_]*$/.test(own)) ?? stored[0])?.column ?? '';
  const camel = (own: string) => own.split('.').map(camelCase).join('.');
  const tables = [key, name].flatMap((own) => [
    [own, column],
    [camel(own), camel(column)],
  ]);
  const types = tables.map(([table = '', own = '']) => `{ ${propertyKey(table)}: { ${propertyKey(own)}: any } }`);
  return [...new Set(types)].join(' | ');
}

/** The names of the types that the module declares. */
function typeNames({ name, tableName, stateMachines }: RelationModel): string[] {
  const suffixes = ['', 'Row', 'Stored', 'Computed', 'Code', 'Key', 'Insert', 'Update'];
  return [tableName, ...suffixes.map((suffix) => `${name}${suffix}`), ...stateMachines.map(({ typeName }) => typeName)];
}

/** The names of the functions and constants that the module declares, except those of its state machines. */
function valueNames({ name, alias, plural }: RelationModel) {
  return {
    relation: plural,
    read: functionName(`read${pascalCase(plural)}`),
    returning: functionName(`returning${name}`),
    model: modelConstant(alias),
    ...rowNames({ name, plural }),
  };
}

/** The type of a computed field. */
function spellComputed(
  { source, type }: ComputedField,
  { stateMachines }: RelationModel,
  spell: (type: TsType) => string,
): string {
  const machine = source.kind === 'state' ? stateMachines.find(({ field }) => field === source.machine) : undefined;
  return machine ? spellState(machine, spell) : spell(type);
}

/** The type of a stored field in the model's interface. */
function spellStored(
  { name, state, validated, fieldSelect }: StoredField,
  { stateMachines }: RelationModel,
  spell: (type: TsType) => string,
): string {
  const machine = state && stateMachines.find(({ field }) => field === name);
  return machine ? spellState(machine, spell) : spell(validated?.output ?? fieldSelect);
}

/** The type of a state: the name of its union, which the module declares itself. */
function spellState({ states, typeName, type }: StateMachine, spell: (type: TsType) => string): string {
  if (!states) return spell(type);
  return isNullable(type) ? `${typeName} | null` : typeName;
}

/** The doc comment of a stored field in the model's interface, which includes the default that it reads as. */
function storedDoc({ field, spelling, doc }: SpelledField): readonly string[] {
  if (field.default === undefined) return doc;
  return docComment(fieldDoc(field, spelling, [`Reads as ${JSON.stringify(field.default)} when null.`]));
}
