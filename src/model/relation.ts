import type { Relation } from '../catalog/catalog.js';
import { optional } from '../catalog/collections.js';
import { relationPath } from '../catalog/home-schema.js';
import { spellIdentifier } from '../catalog/sql.js';
import { RowsmithError } from '../errors.js';
import { codeFields, computedFields } from './computed.js';
import { uniqueKeys } from './keys.js';
import type { RelationModel } from './model.js';
import type { ModelNames } from './model-names.js';
import type { RelationScope } from './scope.js';
import { stateField } from './state/column.js';
import { stateMachines } from './state/machine.js';
import { storedFields } from './stored.js';

/**
 * The model of one relation, without its relations to other models. `candidates` are the tables that reference it and
 * could hold its transitions.
 */
export function relationModel(
  scope: RelationScope,
  { related: _called, ...names }: ModelNames & Pick<RelationModel, 'key'>,
  candidates: readonly Relation[],
): RelationModel {
  const { relation } = scope;
  const { schema, name, kind, comment } = relation;
  const columns = storedFields(scope);
  const machines = stateMachines({ ...scope, candidates, stored: columns, modelName: names.name });
  const stored = columns.map((field) => stateField(field, machines, names.name));
  const computed = computedFields(scope, stored, machines);
  return {
    relation: { schema, name, kind, ...optional({ comment }) },
    ...names,
    path: relationPath(scope.catalog, relation),
    rowName: stored.some(({ validated }) => validated) ? `${names.name}Row` : names.name,
    stored,
    keys: uniqueKeys(relation, stored),
    computed,
    code: codeFields(scope, stored, computed),
    stateMachines: machines,
    related: [],
    insertable: relation.insertable && stored.some(({ insert }) => insert),
    updatable: stored.some(({ update }) => update),
  };
}

/**
 * Notes about the keys of `DB`, and of its tables, that Kysely cannot name: it splits them at dots and at " as ", so
 * `selectFrom('a.b')` means the table `b` of the schema `a`, and `where('a.b', …)` means its column.
 */
export function unnameableNotes(relations: readonly RelationModel[]): string[] {
  const isTakenApart = (name: string) => name.includes('.') || name.includes(' as ');
  const keys = relations.flatMap(({ relation: { schema, name }, key }) =>
    isTakenApart(name) || (key !== name && isTakenApart(schema)) ? [JSON.stringify(key)] : [],
  );
  const columns = relations.flatMap(({ key, stored }) =>
    stored.flatMap(({ column }) => (isTakenApart(column) ? [`${JSON.stringify(column)} of ${key}`] : [])),
  );
  return [...takenApart('tables', keys), ...takenApart('columns', columns)];
}

function takenApart(what: string, listed: readonly string[]): string[] {
  if (listed.length === 0) return [];
  return [
    `Kysely splits names of ${what} at dots and at " as ", so queries cannot use these by their keys in DB: ${listed.join(', ')}. Use their models.`,
  ];
}

/**
 * Throws if two relations have the same key. Kysely splits a table's name at its dot, so it can reach only one of
 * `public."a.b"` and `a.b`.
 */
export function refuseSharedKeys(relations: readonly RelationModel[]): void {
  const owners = new Map<string, RelationModel>();
  for (const model of relations) {
    const owner = owners.get(model.key);
    if (owner) {
      const [one, other] = [owner, model].map(
        ({ relation: { schema, name } }) => `${spellIdentifier(schema)}.${spellIdentifier(name)}`,
      );
      throw new RowsmithError(
        'name-collision',
        `The tables ${one} and ${other} have the same name in Kysely: ${model.key}.`,
        'Exclude one of them, with a function in exclude, or rename it.',
      );
    }
    owners.set(model.key, model);
  }
}
