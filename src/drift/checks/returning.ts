import type { Catalog, QualifiedName } from '../../catalog/catalog.js';
import { append } from '../group.js';
import { plainName } from '../words.js';

/** A view or a function, and the columns that it returns. */
export interface Returning {
  readonly named: QualifiedName;
  readonly columns: ReadonlySet<string>;
}

/** Views by the plain names of the columns that they return, in the order of the catalog. */
export function viewsByColumn({ relations }: Catalog): ReadonlyMap<string, readonly Returning[]> {
  const views = relations.filter(({ kind }) => kind.includes('view'));
  return byColumn(views.map((view) => ({ named: view, columns: new Set(view.columns.map(({ name }) => name)) })));
}

/** Functions that return rows or several values, by the plain names of what they return. */
export function functionsByColumn({ functions }: Catalog): ReadonlyMap<string, readonly Returning[]> {
  return byColumn(
    functions.map((routine) => {
      const returned = routine.arguments.filter(({ mode }) => mode !== 'in' && mode !== 'variadic');
      return { named: routine, columns: new Set(returned.map(({ name }) => name ?? '')) };
    }),
  );
}

function byColumn(all: readonly Returning[]): ReadonlyMap<string, readonly Returning[]> {
  const found = new Map<string, Returning[]>();
  for (const one of all) for (const name of new Set([...one.columns].map(plainName))) append(found, name, one);
  return found;
}
