import type { ColumnName, QueryColumn, QueryFact, QueryParameter } from '../catalog/catalog.js';
import { groupBy, optional } from '../catalog/collections.js';
import { nameKey } from '../catalog/name-key.js';
import { RowsmithError } from '../errors.js';
import type { RelationModel } from './model.js';
import { typeNameOf } from './names.js';
import type { QueryField, QueryFileModel, QueryModel, QueryParameterModel } from './query-model.js';
import { reservedWords } from './reserved-names.js';
import type { StoredField } from './stored-field.js';
import { nullable, type TsType, withoutNull } from './ts-type.js';
import type { TypeMapper } from './types.js';
import { columnWish, uniqueNames, wishesOf } from './unique-names.js';

/** What the functions of queries are built from. */
export interface QueryScope {
  readonly mapType: TypeMapper;
  /** The models of relations, by the relations' `nameKey`. */
  readonly relations: ReadonlyMap<string, RelationModel>;
}

/** The queries of each file, in the order of the files' paths. */
export function queryFileModels(queries: readonly QueryFact[], scope: QueryScope): readonly QueryFileModel[] {
  return [...groupBy(queries, ({ file }) => file)].map(([source, facts]) => {
    const models = facts.map((fact) => queryModel(fact, scope));
    refuseSharedNames(source, models);
    return { source, path: source.replace(/\.sql$/i, ''), queries: models };
  });
}

function queryModel(fact: QueryFact, scope: QueryScope): QueryModel {
  const { name, kind, line, parts, uses, columns, standsIn, comment } = fact;
  const keys = uniqueNames(wishesOf(fact.parameters, (parameter) => columnWish(parameter.name)));
  return {
    name,
    typeName: typeNameOf(name),
    kind,
    line,
    parts,
    uses,
    parameters: fact.parameters.map((one) => ({ key: keys.get(one) ?? one.name, ...parameter(one, scope) })),
    fields: fields(columns, scope),
    ...optional({ standsIn, comment }),
  };
}

/** A parameter takes what its column takes, whether it is written to the column or compared with it. */
function parameter(
  { name, type, nullable, origin }: QueryParameter,
  scope: QueryScope,
): Omit<QueryParameterModel, 'key'> {
  const field = storedField(origin, scope);
  const { write, json } = scope.mapType(type);
  return {
    name,
    value: field?.value ?? write,
    nullable,
    json: field?.json ?? json,
    ...optional({ comment: field?.comment }),
  };
}

/**
 * The fields of the rows. A column of a table has the type of its model's field, and the field's name if the query does
 * not rename it.
 */
function fields(columns: readonly QueryColumn[], scope: QueryScope): QueryField[] {
  const wishes = wishesOf(columns, ({ name, origin }) => {
    const field = origin?.column === name ? storedField(origin, scope) : undefined;
    return columnWish(name, field?.name);
  });
  const names = uniqueNames(wishes);
  return columns.map((column) => ({
    column: column.name,
    name: names.get(column) ?? column.name,
    type: columnType(column, scope),
    ...optional({ comment: storedField(column.origin, scope)?.comment }),
  }));
}

function columnType({ type, notNull, origin }: QueryColumn, scope: QueryScope): TsType {
  const field = storedField(origin, scope);
  const read = field ? withoutNull(field.select) : scope.mapType(type).read;
  return notNull ? read : nullable(read);
}

function storedField(origin: ColumnName | undefined, { relations }: QueryScope): StoredField | undefined {
  return origin && relations.get(nameKey(origin))?.stored.find(({ column }) => column === origin.column);
}

/** The names that a query's file declares for the query: its functions, the constant behind them, and its types. */
export const declaredNames = ({ name, typeName }: QueryModel): readonly string[] => [
  ...['', 'Query', 'Relation', 'Rows', 'Compiled'].map((suffix) => `${name}${suffix}`),
  ...['Arguments', 'Row'].map((suffix) => `${typeName}${suffix}`),
];

function refuseSharedNames(source: string, queries: readonly QueryModel[]): void {
  const owners = new Map<string, string>();
  for (const query of queries) {
    if (reservedWords.has(query.name))
      throw collision(source, `${query.name} is a word that no function can be called.`);
    for (const name of declaredNames(query)) {
      const owner = owners.get(name);
      if (owner !== undefined) throw collision(source, `${owner} and ${query.name} would both have ${name}.`);
      owners.set(name, query.name);
    }
  }
}

const collision = (source: string, what: string) =>
  new RowsmithError('name-collision', `${source}: ${what}`, 'Give one of the queries another name.');
