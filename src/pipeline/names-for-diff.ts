import type { Catalog } from '../catalog/catalog.js';
import type { Config } from '../config/config.js';
import {
  type FieldMeaning,
  type Meaning,
  type Members,
  nameKey,
  type QueryMeaning,
  queryKey,
  type RelationMeaning,
} from '../diff/side.js';
import { spellType } from '../emit/typescript.js';
import { schemaTypes } from '../model/declared-types.js';
import type { RelationModel, Schema } from '../model/model.js';
import { declaredNames } from '../model/queries.js';
import type { QueryFileModel, QueryModel } from '../model/query-model.js';
import type { StoredField } from '../model/stored-field.js';
import type { TsType } from '../model/ts-type.js';
import { generatedNames } from './generated-names.js';

/** The names and types that a catalog generates, as far as a diff needs them, as plain data. */
export function meaningOf(catalog: Catalog, schema: Schema, config: Config): Meaning {
  const { enums, relations, queryFiles } = schema;
  const models = new Map(relations.map(({ relation, name }) => [nameKey(relation), name]));
  const { mapType } = schemaTypes(catalog, config, (relation) => models.get(nameKey(relation)) ?? relation.name);
  return {
    relations: new Map(relations.map((model) => [nameKey(model.relation), relationMeaning(model)])),
    domains: new Map(
      catalog.domains.map((domain) => {
        const { read, write } = mapType({ schema: domain.schema, name: domain.name, sql: domain.name });
        return [nameKey(domain), { read: members(read), write: members(write) }];
      }),
    ),
    enums: new Map(enums.map(({ type, name, valuesName }) => [nameKey(type), [name, valuesName]])),
    typesFile: 'types.ts',
    queries: new Map(
      queryFiles.flatMap((file) =>
        file.queries.map((query) => [queryKey({ file: file.source, name: query.name }), queryMeaning(query, file)]),
      ),
    ),
    names: generatedNames(schema),
  };
}

function relationMeaning({
  key,
  tableName,
  name,
  plural,
  alias,
  file,
  insertable,
  updatable,
  stored,
  computed,
}: RelationModel): RelationMeaning {
  return {
    key,
    tableName,
    model: name,
    plural,
    relations: `${alias}Relations`,
    file: `models/${file}.ts`,
    insertable,
    updatable,
    fields: new Map(stored.map((field) => [field.column, fieldMeaning(field)])),
    computed: new Map(computed.map((field) => [field.name, members(field.type)])),
  };
}

function fieldMeaning({ name, select, insert, update }: StoredField): FieldMeaning {
  return {
    field: name,
    read: members(select),
    ...(insert ? { insert: { accepts: members(insert.type), optional: insert.optional } } : {}),
    ...(update ? { update: members(update) } : {}),
  };
}

function queryMeaning(query: QueryModel, file: QueryFileModel): QueryMeaning {
  const { fields, parameters } = query;
  return {
    names: declaredNames(query),
    typeName: query.typeName,
    file: `queries/${file.path}.ts`,
    row: new Map(fields.map(({ column, name, type }) => [column, { field: name, read: members(type) }])),
    arguments: new Map(parameters.map(({ name, key, value }) => [name, { field: key, accepts: members(value) }])),
  };
}

/** How types are spelled here: each name as it is declared, since a diff compares types and imports none. */
const typeNames = { declared: (name: string) => name, imported: (module: string, name: string) => `${module}#${name}` };

function members(type: TsType): Members {
  return type.kind === 'union'
    ? type.members.map((member) => spellType(member, typeNames))
    : [spellType(type, typeNames)];
}
