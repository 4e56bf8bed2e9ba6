import type {
  ColumnName,
  Dimensions,
  QualifiedName,
  QueryColumn,
  QueryFact,
  QueryParameter,
  TypeRef,
} from '../catalog.js';
import { optional } from '../collections.js';
import type { StatementFacts } from '../infer/tree-facts.js';
import { nameKey } from '../name-key.js';
import type { QueryFacts } from '../proofs/query-facts.js';
import { parseNodeTree, queryOf } from '../proofs/query-tree/node-tree.js';
import { castName } from '../sql.js';
import { type ColumnId, type StatementUses, statementUses } from './meanings.js';
import type { DescribedQuery } from './parameter-types.js';
import { placeOf } from './problem.js';
import type { QueryText } from './query-text.js';
import { parameterNames, spelledParts } from './sent-text.js';

/** A query that the server takes, with the types of its parameters by name, and those of its columns. */
export interface TypedQuery extends DescribedQuery {
  readonly parameterTypes: ReadonlyMap<string, TypeRef>;
  readonly columnTypes: readonly TypeRef[];
}

/** The relations of the schema by their oids, and what proofs need of them. */
export interface KnownSchema {
  readonly facts: QueryFacts;
  readonly relations: ReadonlyMap<number, QualifiedName>;
}

/** A query with what its analysed tree tells. */
export interface ProvenQuery {
  readonly typed: TypedQuery;
  readonly uses: StatementUses;
  readonly parameters: readonly QueryParameter[];
  readonly columns: readonly QueryColumn[];
}

const nothingUsed: StatementUses = { meanings: [], reads: new Set(), writes: new Set(), writing: 'unknown' };

/** Reads the tree of a query, or '', which proves nothing. `told` is what the server says of what it names. */
export function proveQuery(typed: TypedQuery, tree: string, told: StatementFacts, schema: KnownSchema): ProvenQuery {
  const statement = queryOf(parseNodeTree(tree));
  const uses = statement ? statementUses(statement, new Set(told.equals.map(({ id }) => id))) : nothingUsed;
  const parameters = parametersOf(typed, uses, schema);
  return { typed, uses, parameters, columns: columnsOf({ typed, parameters }, tree, told, schema) };
}

/** Puts together what is known of a query. */
export function assembleQuery(proven: ProvenQuery, isRelation: boolean, schema: KnownSchema): QueryFact {
  const { typed, uses, parameters, columns } = proven;
  const { query } = typed;
  return {
    ...placeInFile(query),
    ...spelledParts(query, castsOf(typed)),
    parameters,
    columns,
    ...optional({ standsIn: isRelation ? 'from' : withIfWritten(proven) } as const),
    reads: named(uses.reads, schema),
    writes: named(uses.writes, schema),
  };
}

/** A statement that writes can stand in WITH, unless one that writes stands in its own: WITH takes no such. */
function withIfWritten({ uses, columns }: ProvenQuery): 'with' | undefined {
  return uses.writing === 'itself' && columns.length > 0 ? 'with' : undefined;
}

type QueryPlace = Pick<QueryFact, 'file' | 'line' | 'name' | 'kind' | 'digest' | 'comment'>;

/** The parts of a query's fact that its file alone tells: place, name, kind, digest and comment. */
export function placeInFile({ file, at, name, kind, digest, doc }: QueryText): QueryPlace {
  const comment = doc.length > 0 ? { comment: doc.join('\n') } : {};
  return { file: file.path, line: placeOf(file, at).line, name, kind, digest, ...comment };
}

/** A query as its file has it now, with what the database said of it before. */
export function asBefore(now: QueryPlace, before: QueryFact): QueryFact {
  const { file, line, name, kind, digest, comment } = now;
  const { parts, uses, parameters, columns, standsIn, reads, writes } = before;
  return {
    ...{ file, line, name, kind, digest, ...optional({ comment }) },
    ...{ parts, uses, parameters, columns, ...optional({ standsIn }), reads, writes },
  };
}

/** How a CAST names the types of a query's parameters. */
export const castsOf = ({ parameterTypes }: TypedQuery): ReadonlyMap<string, string> =>
  new Map([...parameterTypes].map(([name, type]) => [name, castName(type)]));

function parametersOf(
  { query, parameterTypes }: TypedQuery,
  { meanings }: StatementUses,
  schema: KnownSchema,
): QueryParameter[] {
  const { nullability, dimensions } = schema.facts;
  return parameterNames(query).map((name, index) => {
    const own = meanings.filter(({ parameter }) => parameter === index + 1);
    const isMeant = own.some(({ how, column }) =>
      how === 'written' && column ? nullability.takesNull(column.relation, column.column) : how === 'null',
    );
    const columns = own.flatMap(({ column }) => (column ? [column] : []));
    const [first] = columns;
    const isOne = columns.every(({ relation, column }) => relation === first?.relation && column === first.column);
    const origin = first && isOne ? columnName(first, schema) : undefined;
    const type = parameterTypes.get(name) as TypeRef;
    return {
      name,
      type: withDimensions(type, first && isOne ? dimensions.ofColumn(first.relation, first.column) : 1),
      nullable: query.declared.find((one) => one.name === name)?.nullable ?? isMeant,
      ...optional({ origin }),
    };
  });
}

function columnsOf(
  { typed: { columns, columnTypes }, parameters }: Pick<ProvenQuery, 'typed' | 'parameters'>,
  tree: string,
  told: StatementFacts,
  schema: KnownSchema,
): QueryColumn[] {
  const { nullability, dimensions } = schema.facts;
  const rewritten = new Set(told.rewritten.map(({ id }) => id));
  const notNull = nullability.statementColumns(tree, {
    builtins: told.builtins,
    parameterNotNull: (parameter) => parameters[parameter - 1]?.nullable === false,
    isRewritten: (relation) => rewritten.has(relation),
  });
  const hasArrays = columnTypes.some((type) => type.dimensions !== undefined);
  const arrays = hasArrays ? dimensions.ofQuery(tree, told.arrays) : [];
  return columns.map(({ name, table: relation, column }, index) => ({
    name,
    type: withDimensions(columnTypes[index] as TypeRef, arrays[index] ?? 'unknown'),
    notNull: notNull[index] === true,
    ...optional({ origin: columnName({ relation, column }, schema) }),
  }));
}

function columnName({ relation, column }: ColumnId, { facts, relations }: KnownSchema): ColumnName | undefined {
  const found = relations.get(relation);
  const [name] = column > 0 ? facts.nullability.columnNames(relation, [column]) : [];
  return found && name !== undefined ? { schema: found.schema, name: found.name, column: name } : undefined;
}

const withDimensions = (type: TypeRef, dimensions: Dimensions): TypeRef =>
  type.dimensions === undefined ? type : { ...type, dimensions };

/** The names of relations, in their order; without those of the server itself. */
function named(ids: ReadonlySet<number>, { relations }: KnownSchema): QualifiedName[] {
  const found = [...ids].flatMap((id) => relations.get(id) ?? []).map(({ schema, name }) => ({ schema, name }));
  return found.sort((a, b) => (nameKey(a) < nameKey(b) ? -1 : 1));
}
