import type { Catalog, ForeignKey, Relation } from '../catalog/catalog.js';
import { groupBy } from '../catalog/collections.js';
import { typeKey } from '../catalog/type-key.js';
import type { RelatedModel, RelationModel } from './model.js';
import { camelCase, pascalCase } from './names.js';
import { type KeyScope, sentKeys } from './related-keys.js';
import { isNullable } from './ts-type.js';

/** A foreign key between two relations that both have a model. */
export interface Link {
  readonly key: ForeignKey;
  readonly child: RelationModel;
  readonly parent: RelationModel;
  /** The child has a unique key on the same columns: at most one row points at a parent. */
  readonly unique: boolean;
  /** Every child whose key is not null has a parent that whoever reads it sees. */
  readonly guaranteed: boolean;
}

/** For each model, by its key, the models that its foreign keys lead to and those whose foreign keys lead to it. */
export function relatedModels(scope: KeyScope, models: readonly RelationModel[]): Map<string, readonly RelatedModel[]> {
  const { catalog } = scope;
  const byKey = new Map(models.map((model) => [model.key, model]));
  const links = foreignKeyLinks(catalog, models);
  const parents = groupBy(links, ({ child }) => child.key);
  const children = groupBy(links, ({ parent }) => parent.key);
  const relatedTo = (model: RelationModel) => [
    ...(parents.get(model.key) ?? []).flatMap((link) => toParent(scope, link)),
    ...toChildren(scope, children.get(model.key) ?? []),
    ...newest(scope, model, byKey),
  ];
  return new Map(models.map((model) => [model.key, distinct(relatedTo(model), model)]));
}

/** Every foreign key whose two relations have models. */
export function foreignKeyLinks(catalog: Catalog, models: readonly RelationModel[]): Link[] {
  const byName = new Map(models.map((model) => [typeKey(model.relation), model]));
  const secured = new Set(catalog.relations.filter(({ rowSecurity }) => rowSecurity).map(typeKey));
  return catalog.relations.flatMap((relation) => linksOf(relation, byName, secured));
}

/** Whether a child may have no parent: a column of the key can be null, or the key guarantees none. */
export function isOptional({ key, child, guaranteed }: Link): boolean {
  if (!guaranteed) return true;
  return key.columns.some((column) => {
    const field = fieldOf(child, column);
    return field !== undefined && isNullable(field.select);
  });
}

/**
 * The links of a relation's foreign keys, without those over a PERIOD, whose values are not equal. A key says nothing
 * about rows from before it was there (NOT VALID), about rows of tables that inherit from its own, and about what a
 * policy hides of the rows that it leads to.
 */
function linksOf(relation: Relation, models: ReadonlyMap<string, RelationModel>, secured: ReadonlySet<string>): Link[] {
  if (relation.foreignKeys.length === 0) return [];
  const child = models.get(typeKey(relation));
  const uniques = [
    ...relation.uniques,
    ...(relation.primaryKey ? [relation.primaryKey] : []),
    ...relation.indexes.filter(({ unique, predicate }) => unique && predicate === undefined),
  ];
  return relation.foreignKeys.flatMap((key) => {
    const parent = models.get(typeKey(key.references));
    if (!child || !parent || key.columns.length === 0 || key.period) return [];
    const isKeys = (column: string | null) => column !== null && key.columns.includes(column);
    const isUnique = uniques.some(({ columns }) => columns.length === key.columns.length && columns.every(isKeys));
    const guaranteed = !key.notValid && !relation.inherited && !secured.has(typeKey(key.references));
    return [{ key, child, parent, unique: isUnique && !relation.inherited, guaranteed }];
  });
}

/**
 * The parent that a key leads to: `named_task_id` → `namedTask`. A key of other columns is called like the parent's
 * model.
 */
function toParent(scope: KeyScope, link: Link): RelatedModel[] {
  const { key, child, parent } = link;
  const sent = sentKeys(scope, child, key.columns);
  if (!sent) return [];
  const [column = ''] = key.columns;
  const named =
    key.columns.length === 1 && column.endsWith('_id') ? camelCase(column.slice(0, -'_id'.length)) : parent.alias;
  const related: RelatedModel = {
    name: named,
    target: parent.key,
    count: isOptional(link) ? 'one or none' : 'one',
    ...sent,
    to: key.references.columns,
    comment: `\`${key.columns.join(', ')}\` → \`${parent.key}\``,
  };
  return [related];
}

/**
 * The children of a model. Each is called like its relation function, `tasks`; with the key's columns, `tasksByOwner`,
 * where several keys lead here.
 */
function toChildren(scope: KeyScope, links: readonly Link[]): RelatedModel[] {
  return [...groupBy(links, ({ child }) => child.key).values()].flatMap((ofChild) =>
    ofChild.flatMap(({ key, child, parent, unique }): RelatedModel[] => {
      const sent = sentKeys(scope, parent, key.references.columns);
      if (!sent) return [];
      const base = unique ? child.alias : child.plural;
      const by = ofChild.length === 1 ? '' : `By${pascalCase(key.columns.join('_').replace(/_id$/, ''))}`;
      const related: RelatedModel = {
        name: `${base}${by}`,
        target: child.key,
        count: unique ? 'one or none' : 'many',
        ...sent,
        to: key.columns,
        comment: `\`${child.key}.${key.columns.join(', ')}\` → this`,
      };
      return [related];
    }),
  );
}

/** The newest transition of each state machine. */
function newest(scope: KeyScope, model: RelationModel, models: ReadonlyMap<string, RelationModel>): RelatedModel[] {
  return model.stateMachines.flatMap((machine) => {
    const target = models.get(machine.transitions.key);
    const sent = sentKeys(scope, model, [machine.parentColumn]);
    if (!target || !sent) return [];
    const name =
      machine.field === 'state' ? 'mostRecentTransition' : `mostRecent${pascalCase(machine.field)}Transition`;
    const related: RelatedModel = {
      name,
      target: target.key,
      count: 'one or none',
      ...sent,
      to: [machine.foreignKey],
      newest: machine.newest,
      comment: `The newest row of \`${target.key}\`.`,
    };
    return [related];
  });
}

/** The field of a column. */
const fieldOf = ({ stored }: RelationModel, column: string) => stored.find((field) => field.column === column);

/**
 * The relations under names of their own: one that a field or an earlier relation has gets the target's behind it, then
 * a number.
 */
function distinct(
  related: readonly RelatedModel[],
  { stored, computed, code }: RelationModel,
): readonly RelatedModel[] {
  const given = new Set<string>();
  const isTaken = (name: string) =>
    given.has(name) || [stored, computed, code].some((fields) => fields.some((field) => field.name === name));
  return related.map((relation) => {
    let { name } = relation;
    if (isTaken(name)) name = `${name}${pascalCase(relation.target)}`;
    for (let number = 2; isTaken(name); number++) name = `${relation.name}${number}`;
    given.add(name);
    return name === relation.name ? relation : { ...relation, name };
  });
}
