import { arrayOf } from '../query-tree/constants.js';
import { isNode, listOf, type PgNode, type PgValue } from '../query-tree/node-tree.js';
import {
  commandTypes,
  commonTable,
  entryKinds,
  isModifying,
  number,
  subLinkTypes,
  targetsOf,
} from '../query-tree/scope.js';
import type { NullabilityFacts } from './facts.js';
import { type ProvenBy, type QueryScope, returningScope, rowScope, targetScope } from './query-scope.js';

/** Whether a column of a range table entry of one kind is never null. */
type Rule = (entry: PgNode, column: number, scope: QueryScope) => boolean;

/** Proves that columns of what stands in FROM are never null: of tables, subqueries, VALUES, WITH and functions. */
export class EntryReader {
  /** What is known of the columns of the queries within a query. */
  private readonly known = new WeakMap<QueryScope, Map<PgNode, readonly boolean[]>>();
  /** What is assumed of a recursive query's columns while it is read. */
  private readonly assumed = new Map<PgNode, readonly boolean[]>();

  constructor(
    private readonly facts: NullabilityFacts,
    private readonly notNull: (value: PgValue | undefined, scope: QueryScope) => boolean,
    private readonly provenBy: ProvenBy,
  ) {}

  /** For each column of a query, in order, whether it is never null. */
  columns(query: PgValue | undefined, outer?: QueryScope): readonly boolean[] {
    if (!isNode(query)) return [];
    const known = outer && this.knownWithin(outer).get(query);
    if (known) return known;
    const columns = this.readColumns(query, outer);
    if (outer) this.knownWithin(outer).set(query, columns);
    return columns;
  }

  columnNotNull(index: number, column: number, scope: QueryScope): boolean {
    const entry = scope.rangeTable[index - 1];
    if (!isNode(entry)) return false;
    const kind = number(entry.fields['rtekind']);
    if (isModifying(scope.query)) {
      const isWritten = index === number(scope.query.fields['resultRelation']);
      if (isWritten) return this.facts.keepsNotNull(number(entry.fields['relid']), column);
      // A MERGE also returns target rows that no row of its source matches.
      if (number(scope.query.fields['commandType']) === commandTypes.merge) return false;
    }
    // 0 is the whole row, a negative number a system column.
    if (column <= 0) return kind === entryKinds.relation;
    return this.rules[kind]?.(entry, column, scope) ?? false;
  }

  /** Whether an array is not null, and has no null elements. */
  elementsNotNull(array: PgValue | undefined, scope: QueryScope): boolean {
    if (!isNode(array)) return false;
    const { fields } = array;
    switch (array.tag) {
      case 'CONST':
        return arrayOf(array)?.hasNulls === false;
      case 'ARRAYEXPR':
      case 'ARRAY':
        return fields['multidims'] === 'false' && listOf(fields['elements']).every((one) => this.notNull(one, scope));
      case 'SUBLINK':
        return (
          number(fields['subLinkType']) === subLinkTypes.array && this.columns(fields['subselect'], scope)[0] === true
        );
      case 'FUNCEXPR':
        return this.facts.givesElements(number(fields['funcid'])) && this.notNull(array, scope);
      // A dump writes the cast of an array at its elements, so that both forms have to prove the same.
      case 'ARRAYCOERCEEXPR':
        return this.castKeepsValues(fields['elemexpr']) && this.elementsNotNull(fields['arg'], scope);
      default:
        return false;
    }
  }

  /** Whether a cast of an array's elements, which stand in it as a CASETESTEXPR, gives no null for one that is none. */
  private castKeepsValues(cast: PgValue | undefined): boolean {
    if (!isNode(cast)) return false;
    switch (cast.tag) {
      case 'CASETESTEXPR':
        return true;
      case 'CONST':
        return cast.fields['constisnull'] === 'false';
      case 'RELABELTYPE':
      case 'COERCEVIAIO':
        return this.castKeepsValues(cast.fields['arg']);
      case 'FUNCEXPR':
        return (
          this.facts.call(number(cast.fields['funcid'])) === 'total' &&
          listOf(cast.fields['args']).every((argument) => this.castKeepsValues(argument))
        );
      default:
        return false;
    }
  }

  /** Whether a set-returning function among the targets gives no null. Several of them fill each other up with nulls. */
  givesNoNull(call: PgNode, scope: QueryScope): boolean {
    return countSets(scope.query.fields['targetList']) === 1 && this.setColumnNotNull(call, 1, scope);
  }

  private readonly rules: { readonly [kind: number]: Rule } = {
    [entryKinds.relation]: ({ fields }, column) => this.facts.columnNotNull(number(fields['relid']), column),
    [entryKinds.subquery]: ({ fields }, column, scope) => this.columns(fields['subquery'], scope)[column - 1] === true,
    [entryKinds.function]: ({ fields }, column, scope) => this.functionColumn(fields, column, scope),
    [entryKinds.values]: ({ fields }, column, scope) =>
      listOf(fields['values_lists']).every((row) => this.notNull(listOf(row)[column - 1], scope)),
    [entryKinds.commonTable]: (entry, column, scope) => this.commonTableColumn(entry, column, scope),
    // The expressions of a group are evaluated over its rows.
    [entryKinds.group]: ({ fields }, column, scope) =>
      this.notNull(listOf(fields['groupexprs'])[column - 1], scope.rows ?? scope),
  };

  private knownWithin(scope: QueryScope): Map<PgNode, readonly boolean[]> {
    const known = this.known.get(scope) ?? new Map<PgNode, readonly boolean[]>();
    this.known.set(scope, known);
    return known;
  }

  private readColumns(query: PgNode, outer: QueryScope | undefined): readonly boolean[] {
    const targets = targetsOf(query);
    if (isModifying(query)) {
      const written = returningScope(query, outer, this.provenBy);
      return targets.map((target) => this.notNull(target.fields['expr'], written));
    }
    const rows = rowScope(query, outer, this.provenBy);
    if (query.fields['setOperations']) return this.setOperation(query.fields['setOperations'], rows, targets.length);
    const scope = targetScope(rows, this.provenBy);
    return targets.map((target) => this.notNull(target.fields['expr'], scope));
  }

  /** A row of a UNION comes from either side, one of an INTERSECT from both, and one of an EXCEPT from the left. */
  private setOperation(operation: PgValue | undefined, scope: QueryScope, count: number): readonly boolean[] {
    if (!isNode(operation)) return Array<boolean>(count).fill(false);
    const { rtindex, larg, rarg, op } = operation.fields;
    if (operation.tag === 'RANGETBLREF') {
      const entry = scope.rangeTable[number(rtindex) - 1];
      return isNode(entry) ? this.columns(entry.fields['subquery'], scope) : Array<boolean>(count).fill(false);
    }
    const left = this.setOperation(larg, scope, count);
    const right = this.setOperation(rarg, scope, count);
    if (number(op) === setOperations.except) return left;
    const isIntersection = number(op) === setOperations.intersect;
    return left.map((column, index) =>
      isIntersection ? column || right[index] === true : column && right[index] === true,
    );
  }

  private commonTableColumn(entry: PgNode, column: number, from: QueryScope): boolean {
    const found = commonTable(entry, from);
    if (!found) return false;
    const { query, outer, recursive } = found;
    const columns = recursive ? this.recursiveColumns(query, outer) : this.columns(query, outer);
    return columns[column - 1] === true;
  }

  /**
   * The columns of a recursive query, by induction: what its first part never gives, and its second never gives where
   * the rows that it reads do not have it, is never there. So all columns are assumed not to be null, and read again as
   * long as that takes one of them away.
   */
  private recursiveColumns(query: PgNode, outer: QueryScope): readonly boolean[] {
    const known = this.assumed.get(query) ?? this.knownWithin(outer).get(query);
    if (known) return known;
    let assumed: readonly boolean[] = targetsOf(query).map(() => true);
    for (let lost = true; lost; ) {
      this.assumed.set(query, assumed);
      const columns = this.readColumns(query, outer);
      lost = assumed.some((column, index) => column && columns[index] !== true);
      assumed = assumed.map((column, index) => column && columns[index] === true);
    }
    this.assumed.delete(query);
    this.knownWithin(outer).set(query, assumed);
    return assumed;
  }

  /** A column of a function in FROM. Of several, in ROWS FROM, the shorter are filled up with nulls. */
  private functionColumn(fields: PgNode['fields'], column: number, scope: QueryScope): boolean {
    const functions = listOf(fields['functions']).filter(isNode);
    const width = functions.reduce((sum, { fields: { funccolcount } }) => sum + number(funccolcount), 0);
    if (fields['funcordinality'] === 'true' && column === width + 1) return true;
    const call = functions[0]?.fields['funcexpr'];
    if (functions.length !== 1 || !isNode(call)) return false;
    if (call.fields['funcretset'] === 'true') return this.setColumnNotNull(call, column, scope);
    return width === 1 && this.notNull(call, scope);
  }

  private setColumnNotNull({ fields }: PgNode, column: number, scope: QueryScope): boolean {
    switch (this.facts.columnsOfSet(number(fields['funcid']))) {
      case 'elements':
        return column === 1 && this.elementsNotNull(listOf(fields['args'])[0], scope);
      case 'first column':
        return column === 1;
      case 'two columns':
        return column <= 2;
      case undefined:
        return false;
    }
  }
}

/** `SetOperation` of `parsenodes.h`. */
const setOperations = { intersect: 2, except: 3 };

/** How many set-returning calls there are, outside of subqueries. */
function countSets(value: PgValue | undefined): number {
  if (Array.isArray(value))
    return (value as readonly PgValue[]).reduce<number>((sum, item) => sum + countSets(item), 0);
  if (!isNode(value) || value.tag === 'QUERY') return 0;
  const own = value.fields['funcretset'] === 'true' || value.fields['opretset'] === 'true' ? 1 : 0;
  return Object.values(value.fields).reduce<number>((sum, field) => sum + countSets(field), own);
}
