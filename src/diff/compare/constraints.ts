import type { Check, ForeignKey, Index, Key, QualifiedName } from '../../catalog/catalog.js';
import { shownName } from '../../report/shown-name.js';
import type { Change } from '../change.js';
import type { RelationPair } from '../pair.js';
import { changedValues } from './columns.js';
import { between, type Comparison, fieldMeaning, match, same } from './context.js';

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
    ...(primaryKey ? [{ rule: 'primary-key-changed', relation, ...primaryKey } as const] : []),
    ...(keyNames ? [{ rule: 'constraint-renamed', relation, ...keyNames } as const] : []),
    ...compareUniques(
      relation,
      before.uniques.map((key) => ({ ...key, columns: renamed(key.columns) })),
      after.uniques,
    ),
    ...compareForeignKeys(
      relation,
      before.foreignKeys.map((key) => translated(comparison, key, renamed)),
      after.foreignKeys,
    ),
    ...compareChecks(
      comparison,
      pair,
      before.checks.map((check) => ({ ...check, expression: renameIn(check.expression, names) })),
    ),
    ...compareIndexes(
      relation,
      before.indexes.map((index) => translatedIndex(index, names)),
      after.indexes,
    ),
  ];
}

function compareUniques(relation: QualifiedName, before: readonly Key[], after: readonly Key[]): Change[] {
  const { removed, added, paired } = match(before, after, ({ columns }) => JSON.stringify(columns));
  return [
    ...paired.flatMap(([old, now]) => constraintRenamed(relation, old, now)),
    ...added.map(({ name, columns }): Change => ({ rule: 'unique-added', relation, name, columns })),
    ...removed.map(({ name, columns }): Change => ({ rule: 'unique-removed', relation, name, columns })),
  ];
}

function compareForeignKeys(
  relation: QualifiedName,
  before: readonly ForeignKey[],
  after: readonly ForeignKey[],
): Change[] {
  const { removed, added, paired } = match(before, after, ({ columns, references }) =>
    JSON.stringify([columns, references]),
  );
  return [
    ...paired.flatMap(([old, now]): Change[] => {
      const actions = between(describeActions(old), describeActions(now));
      return [
        ...constraintRenamed(relation, old, now),
        ...(actions ? [{ rule: 'foreign-key-changed', relation, name: now.name, ...actions } as const] : []),
      ];
    }),
    ...added.map(
      (key): Change => ({
        rule: 'foreign-key-added',
        relation,
        name: key.name,
        columns: key.columns,
        references: target(key),
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

function constraintRenamed(relation: QualifiedName, before: Key | Check, after: Key | Check): Change[] {
  const names = between(before.name, after.name);
  return names ? [{ rule: 'constraint-renamed', relation, ...names }] : [];
}

/**
 * Pairs checks by their condition, then by their name. One that only changes a column's literals is left to the rule
 * `column-values`, which says what that means for the code.
 */
function compareChecks(
  comparison: Comparison,
  { before: older, after: newer, columns }: RelationPair,
  before: readonly Check[],
): Change[] {
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
    JSON.stringify([expression, notValid]),
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
      .map((check): Change => ({ rule: 'check-added', relation, name: check.name, expression: describeCheck(check) })),
    ...removed
      .filter((check) => !toldByValues(check))
      .map(
        (check): Change => ({ rule: 'check-removed', relation, name: check.name, expression: describeCheck(check) }),
      ),
  ];
}

export const describeCheck = ({ expression, notValid }: Check) => `${expression}${notValid ? ' NOT VALID' : ''}`;

/** Tokens of an SQL expression: quoted names, strings, and words. */
const sqlWords = /"((?:[^"]|"")+)"|'(?:[^']|'')*'|[A-Za-z_][\w$]*/g;

/** Whether a condition is a list of values of that one column: `(status = ANY (ARRAY['a'::text, 'b'::text]))`. */
function mentionsOnly(expression: string, column: string): boolean {
  const words = [...expression.matchAll(sqlWords)]
    .map(([word, quoted]) => quoted?.replaceAll('""', '"') ?? word)
    .filter((word) => !word.startsWith("'"));
  const known = new Set([
    column,
    'ANY',
    'ARRAY',
    'OR',
    'text',
    'character',
    'varying',
    'integer',
    'smallint',
    'bigint',
  ]);
  return words.includes(column) && words.every((word) => known.has(word));
}

/** The expression as it reads after columns were renamed. */
function renameIn(expression: string, names: ReadonlyMap<string, string>): string {
  return expression.replace(sqlWords, (word: string, quoted?: string) => {
    const renamed = names.get(quoted?.replaceAll('""', '"') ?? word);
    if (renamed === undefined || word.startsWith("'")) return word;
    return /^[a-z_][a-z0-9_$]*$/.test(renamed) ? renamed : `"${renamed.replaceAll('"', '""')}"`;
  });
}

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

function compareIndexes(relation: QualifiedName, before: readonly Index[], after: readonly Index[]): Change[] {
  const { removed, added, paired } = match(before, after, ({ name }) => name);
  return [
    ...paired
      .filter(([old, now]) => !same(old, now))
      .map(
        ([old, now]): Change => ({
          rule: 'index-changed',
          relation,
          name: now.name,
          unique: old.unique || now.unique,
          before: describeIndex(old),
          after: describeIndex(now),
        }),
      ),
    ...added.map(({ name, unique }): Change => ({ rule: 'index-added', relation, name, unique })),
    ...removed.map(({ name, unique }): Change => ({ rule: 'index-removed', relation, name, unique })),
  ];
}

function describeIndex({ method, unique, columns, predicate }: Index): string {
  const list = columns.map((column) => column ?? 'an expression').join(', ');
  return `${unique ? 'unique ' : ''}${method} (${list})${predicate === undefined ? '' : ` where ${predicate}`}`;
}
