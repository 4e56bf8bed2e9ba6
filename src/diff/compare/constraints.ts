import type { Check, ForeignKey, Index, Key, QualifiedName } from '../../catalog/catalog.js';
import { shownName } from '../../report/shown-name.js';
import type { Change } from '../change.js';
import type { RelationPair } from '../pair.js';
import { changedValues } from './columns.js';
import { between, type Comparison, fieldMeaning, match } from './context.js';
import { whyAddedUnique, whyNewCheck, whyNewKey, whyOtherPrimaryKey, whyRemovedUnique } from './harmless.js';
import { conditionKey } from './same-sql.js';
import { mentionsOnly, renameIn, wordsOf } from './sql-words.js';

/** Compares keys, checks and indexes by what they say. One under a new name is the same one, renamed. */
export function compareConstraints(comparison: Comparison, pair: RelationPair): Change[] {
  const { before, after } = pair;
  const relation = { schema: after.schema, name: after.name };
  const names = new Map(pair.columns.map((column) => [column.before.name, column.after.name]));
  const renamed = (columns: readonly string[]) => columns.map((column) => names.get(column) ?? column);
  const primaryKey = between(before.primaryKey && renamed(before.primaryKey.columns), after.primaryKey?.columns);
  const keyNames =
    before.primaryKey && after.primaryKey && !primaryKey
      ? between(before.primaryKey.name, after.primaryKey.name)
      : undefined;
  return [
    ...(primaryKey
      ? [
          {
            rule: 'primary-key-changed',
            relation,
            ...primaryKey,
            ...because(whyOtherPrimaryKey(pair, primaryKey.before, primaryKey.after)),
          } as const,
        ]
      : []),
    ...(keyNames ? [{ rule: 'constraint-renamed', relation, ...keyNames } as const] : []),
    ...compareUniques(
      pair,
      before.uniques.map((key) => ({ ...key, columns: renamed(key.columns) })),
      after.uniques,
    ),
    ...compareForeignKeys(
      pair,
      before.foreignKeys.map((key) => translated(comparison, key, renamed)),
      after.foreignKeys,
    ),
    ...compareChecks(
      comparison,
      pair,
      before.checks.map((check) => ({ ...check, expression: renameIn(check.expression, names) })),
    ),
    ...compareIndexes(
      pair,
      before.indexes.map((index) => translatedIndex(index, names)),
      after.indexes,
    ),
  ];
}

const nameOf = ({ after: { schema, name } }: RelationPair): QualifiedName => ({ schema, name });

/** A property that is left out where it is undefined. */
const because = (harmless: string | undefined) => (harmless === undefined ? {} : { harmless });

function compareUniques(pair: RelationPair, before: readonly Key[], after: readonly Key[]): Change[] {
  const relation = nameOf(pair);
  const { removed, added, paired } = match(before, after, ({ columns }) => JSON.stringify(columns));
  return [
    ...paired.flatMap(([old, now]) => constraintRenamed(relation, old, now)),
    ...added.map(
      ({ name, columns }): Change => ({
        rule: 'unique-added',
        relation,
        name,
        columns,
        ...because(whyAddedUnique(pair, columns)),
      }),
    ),
    ...removed.map(
      ({ name, columns }): Change => ({
        rule: 'unique-removed',
        relation,
        name,
        columns,
        ...because(whyRemovedUnique(pair, columns)),
      }),
    ),
  ];
}

function compareForeignKeys(pair: RelationPair, before: readonly ForeignKey[], after: readonly ForeignKey[]): Change[] {
  const relation = nameOf(pair);
  const { removed, added, paired } = match(before, after, ({ columns, references }) =>
    JSON.stringify([columns, references]),
  );
  return [
    ...paired.flatMap(([old, now]): Change[] => {
      const changed = between(describeKey(old), describeKey(now));
      const acts = describeActions(old) === describeActions(now) ? 'deleting and updating do the same' : undefined;
      return [
        ...constraintRenamed(relation, old, now),
        ...(changed
          ? [{ rule: 'foreign-key-changed', relation, name: now.name, ...changed, ...because(acts) } as const]
          : []),
      ];
    }),
    ...added.map(
      (key): Change => ({
        rule: 'foreign-key-added',
        relation,
        name: key.name,
        columns: key.columns,
        references: target(key),
        ...because(whyNewKey(pair, key.columns)),
      }),
    ),
    ...removed.map(
      (key): Change => ({
        rule: 'foreign-key-removed',
        relation,
        name: key.name,
        columns: key.columns,
        references: target(key),
      }),
    ),
  ];
}

const target = ({ references }: ForeignKey) => `${shownName(references)} (${references.columns.join(', ')})`;
const describeActions = ({ onDelete, onUpdate }: ForeignKey) =>
  `on delete ${onDelete ?? 'no action'}, on update ${onUpdate ?? 'no action'}`;
const describeKey = (key: ForeignKey) =>
  `${describeActions(key)}${key.deferrable ? ', deferrable' : ''}${key.notValid ? ', not valid' : ''}`;

function constraintRenamed(
  relation: QualifiedName,
  before: { readonly name: string },
  after: { readonly name: string },
): Change[] {
  const names = between(before.name, after.name);
  return names ? [{ rule: 'constraint-renamed', relation, ...names }] : [];
}

/**
 * Pairs checks by their condition, then by their name. One that only changes a column's literals is left to the rule
 * `column-values`, which says what that means for the code.
 */
function compareChecks(comparison: Comparison, pair: RelationPair, before: readonly Check[]): Change[] {
  const { before: older, after: newer, columns } = pair;
  const relation = { schema: newer.schema, name: newer.name };
  const told = columns
    .filter((pair) =>
      changedValues(
        fieldMeaning(comparison.from, older, pair.before.name).read,
        fieldMeaning(comparison.to, newer, pair.after.name).read,
      ),
    )
    .map((pair) => pair.after.name);
  const toldByValues = ({ expression }: Check) => told.some((column) => mentionsOnly(expression, column));
  const alike = match(before, newer.checks, ({ expression, notValid = false }) =>
    JSON.stringify([conditionKey(expression), notValid]),
  );
  const { removed, added, paired } = match(alike.removed, alike.added, ({ name }) => name);
  return [
    ...alike.paired.flatMap(([old, now]) => constraintRenamed(relation, old, now)),
    ...paired
      .filter(([old, now]) => !(toldByValues(old) && toldByValues(now)))
      .map(
        ([old, now]): Change => ({
          rule: 'check-changed',
          relation,
          name: now.name,
          before: describeCheck(old),
          after: describeCheck(now),
        }),
      ),
    ...added
      .filter((check) => !toldByValues(check))
      .map(
        (check): Change => ({
          rule: 'check-added',
          relation,
          name: check.name,
          expression: describeCheck(check),
          ...because(whyNewCheck(pair, new Set(wordsOf(check.expression)))),
        }),
      ),
    ...removed
      .filter((check) => !toldByValues(check))
      .map(
        (check): Change => ({ rule: 'check-removed', relation, name: check.name, expression: describeCheck(check) }),
      ),
  ];
}

export const describeCheck = ({ expression, notValid }: Check) => `${expression}${notValid ? ' NOT VALID' : ''}`;

function translated(
  { pairs, renamed }: Comparison,
  key: ForeignKey,
  renamedColumns: (columns: readonly string[]) => readonly string[],
): ForeignKey {
  const { columns, ...relation } = key.references;
  const referenced = pairs.find(({ before }) => before.schema === relation.schema && before.name === relation.name);
  const newName = (name: string) => referenced?.columns.find(({ before }) => before.name === name)?.after.name ?? name;
  return {
    ...key,
    columns: renamedColumns(key.columns),
    references: { ...renamed(relation), columns: columns.map(newName) },
  };
}

function translatedIndex(index: Index, names: ReadonlyMap<string, string>): Index {
  const columns = index.columns.map((column) => (column === null ? null : (names.get(column) ?? column)));
  return {
    ...index,
    columns,
    ...(index.predicate === undefined ? {} : { predicate: renameIn(index.predicate, names) }),
  };
}

/** Indexes are the same by what they index, where no expression hides it, and then by their name. */
function compareIndexes(pair: RelationPair, before: readonly Index[], after: readonly Index[]): Change[] {
  const relation = nameOf(pair);
  const alike = match(before, after, ({ name, predicate = '', ...index }) =>
    JSON.stringify([index.columns.includes(null) ? name : '', index, conditionKey(predicate)]),
  );
  const { removed, added, paired } = match(alike.removed, alike.added, ({ name }) => name);
  return [
    ...alike.paired.flatMap(([old, now]) => constraintRenamed(relation, old, now)),
    ...paired.map(
      ([old, now]): Change => ({
        rule: 'index-changed',
        relation,
        name: now.name,
        unique: old.unique || now.unique,
        before: describeIndex(old),
        after: describeIndex(now),
      }),
    ),
    ...added.map(({ name, unique, columns }): Change => {
      const harmless = unique ? whyAddedUnique(pair, columns) : undefined;
      return { rule: 'index-added', relation, name, unique, ...because(harmless) };
    }),
    ...removed.map(({ name, unique, columns }): Change => {
      const harmless = unique ? whyRemovedUnique(pair, columns) : undefined;
      return { rule: 'index-removed', relation, name, unique, ...because(harmless) };
    }),
  ];
}

function describeIndex({ method, unique, columns, predicate }: Index): string {
  const list = columns.map((column) => column ?? 'an expression').join(', ');
  return `${unique ? 'unique ' : ''}${method} (${list})${predicate === undefined ? '' : ` where ${predicate}`}`;
}
