import { isNode, listOf, type PgNode, type PgValue } from '../proofs/query-tree/node-tree.js';
import {
  ancestor,
  commandTypes,
  entryKinds,
  isModifying,
  number,
  type Scope,
  scopeOf,
  targetsOf,
} from '../proofs/query-tree/scope.js';

/** A column of a relation, by its oid and number. */
export interface ColumnId {
  readonly relation: number;
  readonly column: number;
}

/** How a parameter is used in one place. */
export interface Meaning {
  readonly parameter: number;
  /** The column that it is written to, or that it is compared with as equal. */
  readonly column?: ColumnId;
  /** `written`: to that column. `equal`: to that column. `null`: null is asked about, or has a stand-in. */
  readonly how: 'written' | 'equal' | 'null';
}

/** Everything that a statement tells about its parameters, and the relations that it reads and writes. */
export interface StatementUses {
  readonly meanings: readonly Meaning[];
  readonly reads: ReadonlySet<number>;
  readonly writes: ReadonlySet<number>;
  /** What writes: the statement itself and nothing else, or something in its WITH. */
  readonly writing: 'nothing' | 'itself' | 'a part' | 'unknown';
}

/** Reads what a statement tells. `equals` are the oids of operators that are called `=`. */
export function statementUses(query: PgNode, equals: ReadonlySet<number>): StatementUses {
  const walk = new Walk(equals);
  walk.visit(query, undefined);
  return walk;
}

class Walk implements StatementUses {
  readonly meanings: Meaning[] = [];
  readonly reads = new Set<number>();
  readonly writes = new Set<number>();
  writing: StatementUses['writing'] = 'nothing';

  constructor(private readonly equals: ReadonlySet<number>) {}

  visit(value: PgValue | undefined, scope: Scope | undefined): void {
    if (Array.isArray(value)) for (const item of value as readonly PgValue[]) this.visit(item, scope);
    if (!isNode(value)) return;
    const inner = value.tag === 'QUERY' ? scopeOf(value, scope) : scope;
    if (value.tag === 'QUERY' && inner) this.#statement(inner);
    this.#nullMeant(value);
    if (value.tag === 'OPEXPR' && inner) this.#comparison(value, inner);
    for (const field of Object.values(value.fields)) this.visit(field, inner);
  }

  #statement(scope: Scope): void {
    const { fields } = scope.query;
    const written = number(fields['resultRelation']);
    if (isModifying(scope.query)) this.writing = scope.outer || this.writing !== 'nothing' ? 'a part' : 'itself';
    scope.rangeTable.forEach((entry, index) => {
      const relation = isNode(entry) ? number(entry.fields['relid']) : 0;
      if (relation === 0 || !isNode(entry) || number(entry.fields['rtekind']) !== entryKinds.relation) return;
      (index + 1 === written ? this.writes : this.reads).add(relation);
    });
    const target = scope.rangeTable[written - 1];
    if (!isNode(target)) return;
    const relation = number(target.fields['relid']);
    const { onConflict, mergeActionList, targetList } = fields;
    const lists = [
      number(fields['commandType']) === commandTypes.delete ? null : targetList,
      isNode(onConflict) ? onConflict.fields['onConflictSet'] : null,
      ...listOf(mergeActionList)
        .filter(isNode)
        .map((action) => action.fields['targetList']),
    ];
    for (const entry of lists.flatMap((list) => listOf(list)).filter(isNode))
      this.#written(entry.fields['expr'], { relation, column: number(entry.fields['resno']) }, scope);
  }

  /** A value that is written: a parameter, or a column of the rows that an INSERT takes, which has several. */
  #written(value: PgValue | undefined, column: ColumnId, scope: Scope): void {
    const bare = withoutCasts(value);
    if (!isNode(bare)) return;
    const parameter = parameterOf(bare);
    if (parameter !== undefined) this.meanings.push({ parameter, column, how: 'written' });
    if (bare.tag !== 'VAR' || bare.fields['varlevelsup'] !== '0') return;
    const entry = scope.rangeTable[number(bare.fields['varno']) - 1];
    if (!isNode(entry)) return;
    const index = number(bare.fields['varattno']) - 1;
    if (number(entry.fields['rtekind']) === entryKinds.values)
      for (const row of listOf(entry.fields['values_lists'])) this.#written(listOf(row)[index], column, scope);
    const query = entry.fields['subquery'];
    if (!isNode(query) || query.fields['setOperations']) return;
    this.#written(targetsOf(query)[index]?.fields['expr'], column, scopeOf(query, scope));
  }

  /** Under IS NULL and IS DISTINCT FROM null is asked about, and in COALESCE something stands in for it. */
  #nullMeant({ tag, fields }: PgNode): void {
    const args = listOf(fields['args']);
    const asked: readonly (PgValue | undefined)[] =
      {
        NULLTEST: [fields['arg']],
        DISTINCTEXPR: args,
        COALESCEEXPR: args.slice(0, -1),
        COALESCE: args.slice(0, -1),
      }[tag] ?? [];
    for (const value of asked) {
      const parameter = parameterOf(withoutCasts(value));
      if (parameter !== undefined) this.meanings.push({ parameter, how: 'null' });
    }
  }

  #comparison({ fields }: PgNode, scope: Scope): void {
    if (!this.equals.has(number(fields['opno']))) return;
    const [left, right] = listOf(fields['args']).map(relabelled);
    for (const [one, other] of [
      [left, right],
      [right, left],
    ]) {
      const parameter = parameterOf(one);
      const column = columnOf(other, scope);
      if (parameter !== undefined && column) this.meanings.push({ parameter, column, how: 'equal' });
    }
  }
}

/** The number of a parameter of the statement, from 1; undefined for anything else. */
function parameterOf(value: PgValue | undefined): number | undefined {
  const isParameter = isNode(value) && value.tag === 'PARAM' && number(value.fields['paramkind']) === 0;
  return isParameter ? number(value.fields['paramid']) : undefined;
}

const relabelled = (value: PgValue): PgValue =>
  isNode(value) && value.tag === 'RELABELTYPE' ? (value.fields['arg'] ?? null) : value;

function columnOf(value: PgValue | undefined, from: Scope): ColumnId | undefined {
  if (!isNode(value) || value.tag !== 'VAR') return undefined;
  const scope = ancestor(from, number(value.fields['varlevelsup']));
  const entry = scope?.rangeTable[number(value.fields['varno']) - 1];
  const column = number(value.fields['varattno']);
  if (!isNode(entry) || number(entry.fields['rtekind']) !== entryKinds.relation || column <= 0) return undefined;
  return { relation: number(entry.fields['relid']), column };
}

/** `CoercionForm` of `primnodes.h`: a call that is written as a cast, or not at all. */
const castForms = [1, 2];

/** What is cast: casts give null for null, and nothing else. */
function withoutCasts(value: PgValue | undefined): PgValue | undefined {
  if (!isNode(value)) return value;
  const { tag, fields } = value;
  if (['RELABELTYPE', 'COERCEVIAIO', 'COERCETODOMAIN', 'ARRAYCOERCEEXPR'].includes(tag))
    return withoutCasts(fields['arg']);
  const isCast = tag === 'FUNCEXPR' && castForms.includes(number(fields['funcformat']));
  return isCast ? withoutCasts(listOf(fields['args'])[0]) : value;
}
