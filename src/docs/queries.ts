import type { Catalog, QualifiedName, QueryColumn, QueryFact, QueryKind, QueryParameter } from '../catalog/catalog.js';
import { optional } from '../catalog/collections.js';
import type { Schema } from '../model/model.js';
import type { QueryModel } from '../model/query-model.js';
import { shownName } from '../report/shown-name.js';
import { fragment } from './html.js';
import type { QueryEntry, QueryFieldEntry, QueryTarget, Target, TouchEntry } from './page.js';
import { shownType } from './shown-type.js';

/** The queries of the config's SQL files. `models` are the places of models, by the names of their relations. */
export function queryEntries(
  { queries = [] }: Catalog,
  { queryFiles }: Schema,
  models: ReadonlyMap<string, Target>,
): QueryEntry[] {
  return queryFiles.flatMap(({ source, queries: known }) =>
    known.flatMap((query) => {
      const fact = queries.find(({ file, name }) => file === source && name === query.name);
      return fact ? [queryEntry(query, fact, models)] : [];
    }),
  );
}

function queryEntry(query: QueryModel, fact: QueryFact, models: ReadonlyMap<string, Target>): QueryEntry {
  const target = (relation: QualifiedName): QueryTarget => {
    const name = shownName(relation);
    return models.get(name) ?? { name };
  };
  return {
    id: `@query.${fragment(fact.file)}.${fragment(query.name)}`,
    name: query.name,
    place: `${fact.file}:${fact.line}`,
    rows: rowWords[query.kind],
    ...optional({ comment: query.comment }),
    arguments: query.parameters.map(({ key, value, nullable }, index) => {
      return { name: key, type: shownType(value), nullable, ...inDatabase(fact.parameters[index]) };
    }),
    fields: query.fields.map(({ name, type }, index) => {
      const column = fact.columns[index];
      return { name, type: shownType(type), nullable: column?.notNull !== true, ...inDatabase(column) };
    }),
    reads: fact.reads.map(target),
    writes: fact.writes.map(target),
  };
}

const rowWords: { readonly [Kind in QueryKind]: string } = {
  one: 'exactly one row',
  maybe: 'one row or none',
  many: 'any number of rows',
  exec: 'the number of rows that it changes',
};

/** The type in SQL of an argument or a field, and the column that it comes from or is written to. */
function inDatabase(part: QueryParameter | QueryColumn | undefined): Pick<QueryFieldEntry, 'sqlType' | 'origin'> {
  const column = part?.origin;
  const origin = column && `${shownName(column)}.${column.column}`;
  return { sqlType: part?.type.sql ?? '', ...optional({ origin }) };
}

/** The queries that touch a relation, with what they do with it. */
export function touchesOf(model: string, queries: readonly QueryEntry[]): TouchEntry[] {
  const isIn = (targets: readonly QueryTarget[]) => targets.some(({ id }) => id === model);
  return queries.flatMap(({ id, name, reads, writes }): TouchEntry[] => {
    if (isIn(writes)) return [{ id, name, does: isIn(reads) ? 'reads and writes' : 'writes' }];
    return isIn(reads) ? [{ id, name, does: 'reads' }] : [];
  });
}
