import type { RelationModel } from '../../model/model.js';
import { pascalCase } from '../../model/names.js';
import type { StoredField } from '../../model/stored-field.js';
import { builtin, type TsType } from '../../model/ts-type.js';
import { docComment, propertyKey, stringLiteral } from '../typescript.js';
import { modelConstant } from './description.js';
import type { Imports } from './imports.js';
import type { TableNaming } from './table-naming.js';
import { jsonValue } from './write.js';

/** A function of a model, which the runtime creates from the model's description. */
export interface RowFunction {
  readonly doc: readonly string[];
  readonly name: string;
  readonly type: string;
  readonly source: string;
}

/** The names of the functions for one row and for many. */
export function rowNames({ name, plural }: Pick<RelationModel, 'name' | 'plural'>) {
  const many = pascalCase(plural);
  return {
    find: `find${name}`,
    insert: `insert${name}`,
    insertMany: many === name ? `insertMany${name}` : `insert${many}`,
    update: `update${name}`,
    remove: `delete${name}`,
    upsert: `upsert${name}`,
    toInsert: `to${name}Insert`,
    toUpdate: `to${name}Update`,
  };
}

/** The format of `DB`: whether its column types are those of the models, and its names. */
export interface RowFormat {
  readonly isOwn: boolean;
  readonly naming: TableNaming;
}

/** The functions of a model for one row and for many, as far as its keys and writable columns allow them. */
export function rowsContext(
  relation: RelationModel,
  { isOwn }: RowFormat,
  imports: Imports,
  spell: (type: TsType) => string,
) {
  const { name, alias, tableName, insertable, updatable, keys } = relation;
  const names = rowNames(relation);
  const all = relation.code.length > 0 ? `, ${name} & ${name}Code` : '';
  const key = `${name}Key`;
  const [insert, update] = [`${name}Insert`, `${name}Update`];
  const made = (of: { file: string; type: string; make: string }, types: string, argument = '') => {
    const type = imports.type(`../runtime/${of.file}.js`, of.type);
    const make = imports.value(`../runtime/${of.file}.js`, of.make);
    return { type: `${type}<${types}>`, source: `${make}(${modelConstant(alias)}${argument})` };
  };
  const toRow = (statement: 'insert' | 'update') => {
    const values = statement === 'insert' ? insert : update;
    const ofKysely = statement === 'insert' ? 'Insertable' : 'Updateable';
    const ofAny = statement === 'insert' ? 'AnyInsert' : 'AnyUpdate';
    const row = isOwn ? imports.type('kysely', ofKysely) : imports.type('../runtime/write.js', ofAny);
    const make = imports.value('../runtime/values.js', 'toRow');
    const type = `(values: ${values}) => ${row}<${tableName}>`;
    return { type, source: `${make}(${modelConstant(alias)}, ${stringLiteral(statement)})` };
  };
  const functions: (false | RowFunction)[] = [
    keys.length > 0 && {
      doc: docComment(
        'Finds a row by a unique key: the whole model, or the fields you name; undefined if there is none.',
      ),
      name: names.find,
      ...made({ file: 'rows', type: 'Find', make: 'find' }, `${name}, ${key}${all}`),
    },
    insertable && {
      doc: docComment('Inserts a row and returns the model as it was stored.'),
      name: names.insert,
      ...made({ file: 'rows', type: 'Insert', make: 'insert' }, `${name}, ${insert}${all}`),
    },
    insertable && {
      doc: docComment('Inserts any number of rows in one transaction and returns the models in the same order.'),
      name: names.insertMany,
      ...made({ file: 'bulk', type: 'InsertMany', make: 'insertMany' }, `${name}, ${insert}${all}`),
    },
    updatable &&
      keys.length > 0 && {
        doc: docComment('Updates a row and returns the model as it was stored; undefined if there is no such row.'),
        name: names.update,
        ...made({ file: 'rows', type: 'Update', make: 'update' }, `${name}, ${key}, ${update}${all}`),
      },
    keys.length > 0 && {
      doc: docComment('Deletes a row and returns whether there was one.'),
      name: names.remove,
      ...made({ file: 'rows', type: 'Delete', make: 'remove' }, key),
    },
    insertable &&
      updatable &&
      conflictKeys(relation) !== '' && {
        doc: docComment('Inserts a row, or updates the one that has the key `on`.'),
        name: names.upsert,
        ...made(
          { file: 'rows', type: 'Upsert', make: 'upsert' },
          `${name}, ${insert}, ${conflictKeys(relation)}${all}`,
        ),
      },
    insertable && {
      doc: docComment(
        'Turns field names into column names, for an INSERT of your own. Throws on a computed or unknown field.',
      ),
      name: names.toInsert,
      ...toRow('insert'),
    },
    updatable && { doc: docComment('The same for an UPDATE.'), name: names.toUpdate, ...toRow('update') },
  ];
  return {
    hasKey: keys.length > 0,
    keyName: key,
    keyType: keyType(relation, spell),
    functions: functions.filter((one) => one !== false),
  };
}

/** The value of a single-field primary key, or the fields of any unique key: `string | { email: string }`. */
function keyType({ keys, stored }: RelationModel, spell: (type: TsType) => string): string {
  const fieldOf = new Map(stored.map((field) => [field.name, field]));
  const typeOf = (name: string) => keyValue(fieldOf.get(name));
  const [first] = keys;
  const alone = first?.isPrimary && first.fields.length === 1 ? [spell(typeOf(first.fields[0] ?? ''))] : [];
  const objects = keys.map(
    ({ fields }) => `{ ${fields.map((name) => `${propertyKey(name)}: ${spell(typeOf(name))}`).join('; ')} }`,
  );
  return [...alone, ...objects].join(' | ');
}

/** The type of a key's value: what can be written to the field. */
function keyValue(field: StoredField | undefined): TsType {
  if (!field) return builtin('string');
  return field.json ? jsonValue(field.value) : field.value;
}

/** The keys that an INSERT can conflict with: those whose fields it can all set, and that are checked for each row. */
function conflictKeys({ keys, stored }: RelationModel): string {
  const given = new Set(stored.flatMap(({ name, insert }) => (insert ? [name] : [])));
  return keys
    .filter(({ fields, isImmediate }) => isImmediate && fields.every((name) => given.has(name)))
    .map(({ fields: [first = '', ...others] }) =>
      others.length === 0 ? stringLiteral(first) : `readonly [${[first, ...others].map(stringLiteral).join(', ')}]`,
    )
    .join(' | ');
}
