import type { Relation } from '../catalog/catalog.js';
import { optional } from '../catalog/collections.js';
import { spellIdentifier } from '../catalog/sql.js';
import type { ModelConfig } from '../config/config.js';
import { RowsmithError } from '../errors.js';
import { codeFields, computedFields } from './computed.js';
import { uniqueKeys } from './keys.js';
import type { RelationModel } from './model.js';
import { camelCase, fileName, functionName, modelName, nameOnDisk, pascalCase, singular } from './names.js';
import type { RelationScope } from './scope.js';
import { stateMachines } from './state/machine.js';
import { storedFields } from './stored.js';

/** What a relation is called in TypeScript: `Task`, `tasks`, `task`, and the file `task`. */
type ModelNames = Pick<RelationModel, 'name' | 'plural' | 'alias' | 'file'>;

/** What a relation is called besides: its key in `DB`, and the interface of its table. */
type TableNames = Pick<RelationModel, 'key' | 'tableName'>;

/** What table names begin with and model names do not, and the schema whose name they do without. */
export interface NamingRule {
  readonly stripPrefix?: string | undefined;
  readonly home: string;
}

/** `tasker_named_tasks` → NamedTask, namedTasks, namedTask, named-task. */
export function modelNames(
  relation: Relation,
  config: ModelConfig,
  { stripPrefix = '', home }: NamingRule,
): ModelNames {
  const { schema } = relation;
  const isPrefixed = relation.name.startsWith(stripPrefix) && relation.name !== stripPrefix;
  const stripped = isPrefixed ? relation.name.slice(stripPrefix.length) : relation.name;
  const qualified = schema === 'public' || schema === home ? stripped : `${schema}_${stripped}`;
  const name = config.name ?? modelName(pascalCase(singular(qualified)));
  return {
    name,
    plural: config.plural ?? functionName(camelCase(qualified)),
    alias: camelCase(name),
    file: fileName(name),
  };
}

/**
 * The model of one relation, its relations to other models left out. `candidates` are the tables that point at it and
 * could keep its transitions.
 */
export function relationModel(
  scope: RelationScope,
  names: ModelNames & TableNames,
  candidates: readonly Relation[],
): RelationModel {
  const { relation } = scope;
  const { schema, name, kind, comment } = relation;
  const stored = storedFields(scope);
  const machines = stateMachines({ ...scope, candidates, stored, modelName: names.name });
  const computed = computedFields(scope, stored, machines);
  return {
    relation: { schema, name, kind, ...optional({ comment }) },
    ...names,
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
 * A note about the keys of `DB` that Kysely cannot name: it takes them apart at dots, and at " as ", so that
 * `selectFrom('a.b')` is the table `b` of the schema `a`.
 */
export function unnameableNote(relations: readonly RelationModel[]): string[] {
  const isTakenApart = (name: string) => name.includes('.') || name.includes(' as ');
  const keys = relations.filter(
    ({ relation: { schema, name }, key }) => isTakenApart(name) || (key !== name && isTakenApart(schema)),
  );
  if (keys.length === 0) return [];
  const listed = keys.map(({ key }) => JSON.stringify(key)).join(', ');
  return [
    `Kysely takes names of tables apart at dots and at " as ", and cannot name these by their keys in DB: ${listed}. Their models can.`,
  ];
}

/** Kysely takes a table's name apart at its dot: of `public."a.b"` and `a.b` it can reach one. */
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
        `The tables ${one} and ${other} have one name in Kysely: ${model.key}.`,
        'Leave one of them out, with a function in exclude, or rename it.',
      );
    }
    owners.set(model.key, model);
  }
}

/** Two tables must not share a model's file or the name of its function: one would be lost. */
export function refuseSharedNames(relations: readonly RelationModel[]): void {
  refuseShared(relations, { key: 'name', nameOf: ({ name }) => name, sameIf: ({ file }) => nameOnDisk(file) });
  refuseShared(relations, { key: 'plural', nameOf: ({ plural }) => plural, sameIf: ({ plural }) => plural });
}

interface SharedName {
  /** The key of the config that gives a relation another such name. */
  readonly key: 'name' | 'plural';
  readonly nameOf: (relation: RelationModel) => string;
  /** Two names are one where this text is the same. */
  readonly sameIf: (relation: RelationModel) => string;
}

function refuseShared(relations: readonly RelationModel[], { key, nameOf, sameIf }: SharedName): void {
  const owners = new Map<string, RelationModel>();
  for (const relation of relations) {
    const owner = owners.get(sameIf(relation));
    if (owner) {
      throw new RowsmithError(
        'name-collision',
        `The tables ${owner.key} and ${relation.key} map to one name: ${nameOf(relation)}.`,
        `Name one of them in the config: models: { ${JSON.stringify(relation.key)}: { ${key}: '…' } }`,
      );
    }
    owners.set(sameIf(relation), relation);
  }
}
