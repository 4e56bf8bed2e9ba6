import { groupBy, onceForEach } from '../../collections.js';
import type { RawBuiltin, RawCatalog } from '../../raw-catalog.js';
import { columnNumbered, columnsByRelation, type RawColumn } from '../../raw-columns.js';
import { typeKey } from '../../type-key.js';
import { parseNodeTree } from '../query-tree/node-tree.js';
import { viewColumns } from '../query-tree/view-columns.js';
import { type NullabilityFacts, NullabilityReader } from './nullability-reader.js';

/**
 * Tells of every column of every relation, views included, whether it is proven never null. Relations go by their oids.
 */
export interface Nullability {
  /** The names of columns by number, in the relation's order; number 0 stands for all of them. */
  readonly columnNames: (relation: number, numbers: readonly number[]) => string[];
  readonly columnNotNull: (relation: number, column: number) => boolean;
  /** The columns of an analysed query over these relations. `builtins` are needed once for all of them. */
  readonly queryColumns: (tree: string, builtins: readonly RawBuiltin[]) => readonly boolean[];
}

export function createNullability(
  raw: Pick<RawCatalog, 'columns' | 'parents' | 'relations' | 'rules' | 'builtins'>,
): Nullability {
  const notNullInTable = tableColumns(raw);
  const ofView = viewColumns(raw.rules, (tree) => read(tree, raw.builtins));
  const columnNotNull = (relation: number, column: number): boolean => {
    const proven = ofView(relation);
    return proven === undefined ? notNullInTable(relation, column) : proven[column - 1] === true;
  };
  const read = (tree: string, builtins: readonly RawBuiltin[]) =>
    new NullabilityReader(facts(columnNotNull, builtins)).columns(parseNodeTree(tree));
  const columns = columnsByRelation(raw.columns);
  const columnNames: Nullability['columnNames'] = (relation, numbers) =>
    (columns.get(relation) ?? [])
      .filter(({ num }) => numbers.includes(num) || numbers.includes(0))
      .map(({ name }) => name);
  return { columnNames, columnNotNull, queryColumns: read };
}

/** Facts about each built-in function, by its oid; made once for each list, since one serves all views. */
const kindsOf = onceForEach(
  (builtins: readonly RawBuiltin[]): ReadonlyMap<number, RawBuiltin['kind']> =>
    new Map(builtins.map(({ id, kind }) => [id, kind])),
);

function facts(columnNotNull: NullabilityFacts['columnNotNull'], builtins: readonly RawBuiltin[]): NullabilityFacts {
  const kinds = kindsOf(builtins);
  return {
    columnNotNull,
    isTotal: (routine) => kinds.get(routine) === 'total',
    aggregate: (routine) => {
      const kind = kinds.get(routine);
      return kind === 'total' || kind === 'ranking' ? undefined : kind;
    },
    isRanking: (routine) => kinds.get(routine) === 'ranking' || kinds.get(routine) === 'counts',
  };
}

/**
 * Whether a table's column is NOT NULL. Selecting from a table reads the tables that inherit from it too, and before
 * PostgreSQL 18 those may allow the null that their parent refuses.
 */
function tableColumns(raw: Pick<RawCatalog, 'columns' | 'parents' | 'relations'>): Nullability['columnNotNull'] {
  const columns = columnsByRelation(raw.columns);
  const byName =
    raw.parents.length === 0 ? undefined : new Map(raw.relations.map((relation) => [typeKey(relation), relation.id]));
  const children = groupBy(raw.parents, (parent) => byName?.get(typeKey(parent)));
  const notNullNames = onceForEach((own: readonly RawColumn[]): ReadonlySet<string> => {
    let names = own.filter(({ notnull }) => notnull).map(({ name }) => name);
    for (const { id } of children.get(own[0]?.rel) ?? []) {
      const inherited = notNullNames(columns.get(id) ?? []);
      names = names.filter((name) => inherited.has(name));
    }
    return new Set(names);
  });
  return (relation, number) => {
    const own = columns.get(relation) ?? [];
    const column = columnNumbered(own, number);
    if (!column?.notnull) return false;
    return !children.has(relation) || notNullNames(own).has(column.name);
  };
}
