import type { ForeignKey, Index, Relation } from '../catalog/catalog.js';
import { shownName } from '../report/shown-name.js';
import type { ConstraintEntry } from './page.js';

/** Keys, checks and indexes of a relation, in words close to SQL: `(task_id) → tasks (id)`. */
export function constraintEntries({ primaryKey, uniques, foreignKeys, checks, indexes }: Relation): ConstraintEntry[] {
  const list = (columns: readonly (string | null)[]) =>
    `(${columns.map((column) => column ?? 'expression').join(', ')})`;
  return [
    ...(primaryKey ? [{ kind: 'primary key', name: primaryKey.name, text: list(primaryKey.columns) } as const] : []),
    ...uniques.map(({ name, columns }) => ({ kind: 'unique', name, text: list(columns) }) as const),
    ...foreignKeys.map((key) => ({ kind: 'foreign key', name: key.name, text: foreignKeyText(key, list) }) as const),
    ...checks.map(
      ({ name, expression, notValid }) =>
        ({ kind: 'check', name, text: `${expression}${notValid ? ' not valid' : ''}` }) as const,
    ),
    ...indexes.map((index) => ({ kind: 'index', name: index.name, text: indexText(index, list) }) as const),
  ];
}

type Spell = (columns: readonly (string | null)[]) => string;

function foreignKeyText({ columns, references, onDelete, onUpdate }: ForeignKey, list: Spell): string {
  const actions = [...(onDelete ? [` on delete ${onDelete}`] : []), ...(onUpdate ? [` on update ${onUpdate}`] : [])];
  return `${list(columns)} references ${shownName(references)} ${list(references.columns)}${actions.join('')}`;
}

function indexText({ unique, method, columns, predicate }: Index, list: Spell): string {
  return `${unique ? 'unique ' : ''}${method} ${list(columns)}${predicate === undefined ? '' : ` where ${predicate}`}`;
}
