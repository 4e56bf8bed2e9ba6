import type { Column, Relation } from '../../catalog/catalog.js';
import { shownName } from '../../report/shown-name.js';
import type { DeclaredModel, GivenColumns } from '../declared.js';
import type { SqlLiteral } from '../declared-statement.js';
import { append } from '../group.js';
import type { MappedModel } from '../mapped-model.js';
import { isAt, sqlWrites } from '../sql-writes.js';
import { plainName } from '../words.js';

/** What inserts rows into a table, and the plain names of the columns that it gives. */
interface Insert extends Pick<DeclaredModel, 'file' | 'line'> {
  readonly named: string;
  /** Whether the code shows that rows are inserted from it, and not its name alone. */
  readonly certain: boolean;
  /** Whether it is a model that the given code inserts nothing from. */
  readonly unused: boolean;
  readonly gives: ReadonlySet<string>;
}

/** Insert models and INSERT statements, by the shown name of their table. */
export type Inserts = ReadonlyMap<string, readonly Insert[]>;

/** Plain names of the columns that code gives inserted rows beside what their models have, by tables' shown names. */
export type Given = ReadonlyMap<string, ReadonlySet<string>>;

export function givenOf(relations: readonly Relation[], given: readonly GivenColumns[]): Given {
  const found = new Map<string, Set<string>>();
  for (const { table, columns } of given) {
    const relation = relations.find((candidate) => isAt(candidate, table.split('.')));
    if (!relation) continue;
    const known = found.get(shownName(relation)) ?? new Set<string>();
    for (const column of columns) known.add(plainName(column));
    found.set(shownName(relation), known);
  }
  return found;
}

export function insertsOf(
  relations: readonly Relation[],
  literals: readonly SqlLiteral[],
  mapped: readonly MappedModel[],
  given: Given,
): Inserts {
  const found = new Map<string, Insert[]>();
  for (const { model, relation, status } of mapped) {
    // A type that no given file declares may add more columns.
    if (status !== 'insert' || !relation || model.takesFrom !== undefined) continue;
    const certain = model.role.kind === 'insert' && model.role.reason !== 'its name says so';
    const unused = isUnused(model);
    const { name: named, file, line } = model;
    const table = shownName(relation);
    const gives = new Set([...columnsOf(model), ...(given.get(table) ?? [])]);
    append(found, table, { named, certain, unused, gives, file, line });
  }
  for (const { kind, table, columns, file, line } of literals.flatMap(sqlWrites)) {
    const relation = kind === 'insert' ? relations.find((candidate) => isAt(candidate, table)) : undefined;
    // A list that is put together at run time says nothing.
    if (!relation || columns.some((column) => !/^[\p{L}_]/u.test(column))) continue;
    const gives = new Set(columns.map(plainName));
    const named = `the INSERT at ${file}:${line}`;
    append(found, shownName(relation), { named, certain: true, unused: false, gives, file, line });
  }
  return found;
}

/** Whether a model is for inserts, and the given code inserts nothing from it. */
export function isUnused({ role }: DeclaredModel): boolean {
  return role.kind === 'insert' && role.unused === true;
}

function columnsOf({ fields, filled = [] }: DeclaredModel): ReadonlySet<string> {
  return new Set([...fields.map(({ name, column }) => column?.name ?? name), ...filled].map(plainName));
}

/** Whether a column is NOT NULL and only the INSERT gives it a value. */
export function isRequired(relation: Relation, column: Column): boolean {
  const { notNull, default: byDefault, identity, generated } = column;
  return (
    notNull &&
    byDefault === undefined &&
    identity === undefined &&
    generated === undefined &&
    !mayBeFilled(relation, column) &&
    !relation.kind.includes('view')
  );
}

/** Whether a trigger may fill a column of an inserted row: one that sets it, or of which nobody knows what it sets. */
function mayBeFilled({ fillsInserts, triggers = [] }: Relation, { name }: Column): boolean {
  if (fillsInserts === undefined) return false;
  const filling = triggers.filter(
    ({ timing, events, level, disabled }) =>
      timing === 'before' && events.includes('insert') && level === 'row' && !disabled,
  );
  return filling.length === 0 || filling.some(({ sets }) => sets?.includes(name) !== false);
}

/** What inserts rows into a table, without the models that the code inserts nothing from. */
export function usedInserts(inserts: Inserts, relation: Relation): readonly Insert[] {
  return (inserts.get(shownName(relation)) ?? []).filter(({ unused }) => !unused);
}

/**
 * Why no row can be inserted, where the model lacks the column: its own rows are inserted, or another insert lacks it
 * as well. Undefined where the column is filled.
 */
export function insertFailure(
  relation: Relation,
  column: Column,
  model: DeclaredModel,
  inserts: Inserts,
): string | undefined {
  if (!isRequired(relation, column)) return undefined;
  const all = usedInserts(inserts, relation);
  // Where the code shows what rows are inserted from, a type that is only named like it, in a request, is none.
  const others = all.some(({ certain }) => certain) ? all.filter(({ certain }) => certain) : all;
  const lacks = ({ gives }: Insert) => !gives.has(plainName(column.name));
  const isOwn = model.inserts !== undefined || model.covers === 'table' || model.covers === 'schema';
  // Where only its name is a table's, the statement fails, which is said of it, and the type need not have the column.
  const isRow = isOwn || model.readsRows || model.tables.some(({ mentioned }) => !mentioned);
  // `NewTask` is for rows of `Task`, whatever else may be named so.
  const isFor = ({ certain, named }: Insert) => (certain && isRow) || isOwn || named.includes(model.name);
  const lacking = others.find((insert) => isFor(insert) && lacks(insert));
  if (lacking) return `no row can be inserted without it, and ${lacking.named} lacks it too`;
  return isOwn && others.length === 0 ? 'no row can be inserted without it' : undefined;
}
