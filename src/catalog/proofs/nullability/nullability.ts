import { refusesNull } from '../../check-literals.js';
import { groupBy, onceForEach } from '../../collections.js';
import { firstOwnOid } from '../../query/common.js';
import type { RawBuiltin, RawCatalog } from '../../raw-catalog.js';
import { columnNumbered, columnsByRelation } from '../../raw-columns.js';
import { parseNodeTree } from '../query-tree/node-tree.js';
import { viewColumns } from '../query-tree/view-columns.js';
import type { NullabilityFacts } from './facts.js';
import { NullabilityReader } from './nullability-reader.js';

/**
 * Tells of every column of every relation, views included, whether it is proven never null. Relations go by their oids.
 */
export interface Nullability {
  /** The names of columns by number, in the relation's order; number 0 stands for all of them. */
  readonly columnNames: (relation: number, numbers: readonly number[]) => string[];
  readonly columnNotNull: (relation: number, column: number) => boolean;
  /** The columns of an analysed query over these relations. `builtins` are needed once for all of them. */
  readonly queryColumns: (tree: string, builtins: readonly RawBuiltin[]) => readonly boolean[];
  /**
   * The columns of an analysed statement with parameters, which may write. A domain that refuses null proves nothing
   * here: an empty subquery can put a null there, which a view shares with its table, and which a statement may read.
   */
  readonly statementColumns: (tree: string, context: StatementContext) => readonly boolean[];
  /** Whether null can be written to a column, as far as the column itself says. */
  readonly takesNull: (relation: number, column: number) => boolean;
}

/** The facts beside a statement's tree that its proofs need: functions, parameters, rewritten relations. */
export interface StatementContext {
  readonly builtins: readonly RawBuiltin[];
  /** Whether a parameter, by its number from 1, is never null. */
  readonly parameterNotNull: (parameter: number) => boolean;
  /** Whether what is written to a relation may become something else, by a rule or a trigger. */
  readonly isRewritten: (relation: number) => boolean;
}

export function createNullability(
  raw: Pick<RawCatalog, 'columns' | 'rules' | 'builtins' | 'types' | 'constraints'>,
): Nullability {
  const notNullInTable = tableColumns(raw);
  const isOfStrictDomain = strictDomains(raw);
  const read = (tree: string, facts: NullabilityFacts) => new NullabilityReader(facts).columns(parseNodeTree(tree));
  const inViews = (readsNotNull: ColumnFact, builtins: readonly RawBuiltin[]): NullabilityFacts => ({
    ...factsOf(builtins),
    columnNotNull: readsNotNull,
    keepsNotNull: () => false,
    parameterNotNull: () => false,
  });
  const columnsOf =
    (ofView: ReturnType<typeof viewColumns<boolean>>): ColumnFact =>
    (relation, column) => {
      const proven = ofView(relation);
      return proven === undefined ? notNullInTable(relation, column) : proven[column - 1] === true;
    };
  const ofView = viewColumns(raw.rules, (tree) => read(tree, inViews(readsNotNull, raw.builtins)));
  const columnNotNull = columnsOf(ofView);
  /** What queries find in a column: in one of a domain that refuses null, no null. */
  const readsNotNull: ColumnFact = (relation, column) =>
    columnNotNull(relation, column) || (ofView(relation) === undefined && isOfStrictDomain(relation, column));
  const strictly = columnsOf(viewColumns(raw.rules, (tree) => read(tree, inViews(strictly, raw.builtins))));
  const statementColumns: Nullability['statementColumns'] = (tree, { builtins, isRewritten, parameterNotNull }) =>
    read(tree, {
      ...factsOf(builtins),
      columnNotNull: strictly,
      keepsNotNull: (relation, column) => !isRewritten(relation) && (column === 0 || notNullInTable(relation, column)),
      parameterNotNull,
    });
  const columns = columnsByRelation(raw.columns);
  const columnNames: Nullability['columnNames'] = (relation, numbers) =>
    (columns.get(relation) ?? [])
      .filter(({ num }) => numbers.includes(num) || numbers.includes(0))
      .map(({ name }) => name);
  return {
    columnNames,
    columnNotNull,
    queryColumns: (tree, builtins) => read(tree, inViews(readsNotNull, builtins)),
    statementColumns,
    takesNull: (relation, column) => !columnNotNull(relation, column) && !isOfStrictDomain(relation, column),
  };
}

type RoutineFacts = Omit<NullabilityFacts, 'columnNotNull' | 'keepsNotNull' | 'parameterNotNull'>;
type ColumnFact = NullabilityFacts['columnNotNull'];
type Kind = RawBuiltin['kind'];

/** What is known of functions, by their oids; made once for each list, since one serves all views. */
const factsOf = onceForEach((builtins: readonly RawBuiltin[]): RoutineFacts => {
  const kinds = new Map([...groupBy(builtins, ({ id }) => id)].map(([id, all]) => [id, all.map(({ kind }) => kind)]));
  const has = (kind: Kind) => (routine: number) => kinds.get(routine)?.includes(kind) === true;
  const oneOf =
    <Some extends Kind>(wanted: readonly Some[]) =>
    (routine: number) =>
      wanted.find((kind) => has(kind)(routine));
  const isLax = has('not strict');
  const isStrict = has('strict');
  return {
    call: oneOf(['total', 'null-proof', 'of first', 'of growing fields', 'of built-in types']),
    aggregate: oneOf(['counts', 'of values', 'of rows']),
    columnsOfSet: oneOf(['first column', 'two columns', 'elements']),
    isRanking: has('ranking'),
    givesElements: has('gives elements'),
    isSteady: has('steady'),
    isStrict: (routine) => (routine < firstOwnOid ? routine > 0 && !isLax(routine) : isStrict(routine)),
  };
});

/** Whether a table's column is NOT NULL, also in the tables that inherit from it, which reading it reads. */
function tableColumns({ columns }: Pick<RawCatalog, 'columns'>): Nullability['columnNotNull'] {
  const byRelation = columnsByRelation(columns);
  return (relation, number) => columnNumbered(byRelation.get(relation), number)?.notnull === true;
}

/**
 * Whether the type of a table's column is a domain that refuses null, by NOT NULL or by a CHECK. A row has no null
 * there, unless it was written by an empty subquery, of which ARCHITECTURE.md says what is made.
 */
function strictDomains({
  columns,
  types,
  constraints,
}: Pick<RawCatalog, 'columns' | 'types' | 'constraints'>): NullabilityFacts['columnNotNull'] {
  const byRelation = columnsByRelation(columns);
  const domains = new Map(types.filter(({ kind }) => kind === 'd').map((type) => [type.id, type]));
  const checked = new Set(
    constraints
      .filter(({ kind, domain, name, expression, valid }) => {
        const check = { name, expression: expression ?? '', ...(valid ? {} : { notValid: true as const }) };
        return kind === 'c' && domain !== 0 && refusesNull(check, 'VALUE');
      })
      .map(({ domain }) => domain),
  );
  const refuses = (id: number): boolean => {
    const domain = domains.get(id);
    return domain !== undefined && (domain.notnull || checked.has(id) || refuses(domain.base ?? 0));
  };
  return (relation, number) => refuses(columnNumbered(byRelation.get(relation), number)?.type ?? 0);
}
