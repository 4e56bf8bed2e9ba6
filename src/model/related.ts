import type { Catalog, ForeignKey, Relation } from '../catalog/catalog.js';
import { groupBy } from '../catalog/collections.js';
import { nameKey } from '../catalog/name-key.js';
import type { RelatedModel, RelationModel } from './model.js';
import type { ModelNames } from './model-names.js';
import { pascalCase } from './names.js';
import { type KeyScope, sentKeys } from './related-keys.js';
import { childrenWish, type NamedKey, parentWish } from './related-names.js';
import { isNullable } from './ts-type.js';
import { uniqueNames, type Wish, wishesOf } from './unique-names.js';

/** A foreign key between two relations that both have a model. */
export interface Link {
  readonly key: ForeignKey;
  readonly child: RelationModel;
  readonly parent: RelationModel;
  /** The child has a unique key on the same columns: at most one row references a parent. */
  readonly unique: boolean;
  /** Every child whose key is not null has a parent that every reader can see. */
  readonly guaranteed: boolean;
}

/** What relations between models are made from. */
export interface RelatedScope extends KeyScope {
  readonly names: ReadonlyMap<Relation, ModelNames>;
}

/** A relation between models, and the names that it could have. */
interface Unnamed {
  readonly related: Omit<RelatedModel, 'name'>;
  readonly wish: Wish;
}

/** For each model, by its key, the models that its foreign keys reference and those whose foreign keys reference it. */
export function relatedModels(
  scope: RelatedScope,
  models: readonly RelationModel[],
): Map<string, readonly RelatedModel[]> {
  const { catalog } = scope;
  const byKey = new Map(models.map((model) => [model.key, model]));
  const links = namedLinks(scope, foreignKeyLinks(catalog, models));
  const parents = groupBy(links, ({ child }) => child.key);
  const children = groupBy(links, ({ parent }) => parent.key);
  const relatedTo = (model: RelationModel) => [
    ...(parents.get(model.key) ?? []).flatMap((link) => toParent(scope, link)),
    ...(children.get(model.key) ?? []).flatMap((link) => toChildren(scope, link)),
    ...newest(scope, model, byKey),
  ];
  return new Map(models.map((model) => [model.key, named(relatedTo(model), model)]));
}

/** Names the relations. Fields are named before any relation, so adding a relation never renames a field. */
function named(unnamed: readonly Unnamed[], { stored, computed, code }: RelationModel): readonly RelatedModel[] {
  const taken = [stored, computed, code].flatMap((fields) => fields.map(({ name }) => name));
  const names = uniqueNames(
    wishesOf(unnamed, ({ wish }) => wish),
    { taken },
  );
  return unnamed.map((each) => ({ name: names.get(each) ?? '', ...each.related }));
}

type NamedLink = Link & { readonly names: NamedKey };

/**
 * The links with what determines their names. Of several keys on the same columns, the one that guarantees most is
 * kept.
 */
function namedLinks({ names }: RelatedScope, links: readonly Link[]): NamedLink[] {
  const called = new Map([...names].map(([relation, { related }]) => [nameKey(relation), related]));
  const found = new Map<string, NamedLink>();
  for (const link of links) {
    const { key, child, parent, unique } = link;
    const [childNames, parentNames] = [called.get(nameKey(child.relation)), called.get(nameKey(parent.relation))];
    const { columns, references } = key;
    const same = JSON.stringify([child.key, columns, parent.key, references.columns]);
    if (!childNames || !parentNames || found.get(same)?.guaranteed) continue;
    const ends = { child: child.key, childNames, parent: parent.key, parentNames, unique };
    found.set(same, { ...link, names: { columns, references: references.columns, ...ends } });
  }
  return [...found.values()];
}

/** Every foreign key whose two relations have models. */
export function foreignKeyLinks(catalog: Catalog, models: readonly RelationModel[]): Link[] {
  const byName = new Map(models.map((model) => [nameKey(model.relation), model]));
  const secured = new Set(catalog.relations.filter(({ rowSecurity }) => rowSecurity).map(nameKey));
  return catalog.relations.flatMap((relation) => linksOf(relation, byName, secured));
}

/** Whether a child may have no parent: a column of the key can be null, or the key does not guarantee one. */
export function isOptional({ key, child, guaranteed }: Link): boolean {
  if (!guaranteed) return true;
  return key.columns.some((column) => {
    const field = fieldOf(child, column);
    return field !== undefined && isNullable(field.select);
  });
}

/**
 * The links of a relation's foreign keys, except those over a PERIOD, whose values are not equal. A key guarantees
 * nothing for rows that are older than it (NOT VALID), for rows of a transaction that may violate it until it commits
 * (DEFERRABLE), for rows of tables that inherit from its own, and for referenced rows that a policy hides.
 */
function linksOf(relation: Relation, models: ReadonlyMap<string, RelationModel>, secured: ReadonlySet<string>): Link[] {
  if (relation.foreignKeys.length === 0) return [];
  const child = models.get(nameKey(relation));
  const uniques = [
    ...relation.uniques,
    ...(relation.primaryKey ? [relation.primaryKey] : []),
    ...relation.indexes.filter(({ unique, predicate }) => unique && predicate === undefined),
  ];
  return relation.foreignKeys.flatMap((key) => {
    const parent = models.get(nameKey(key.references));
    if (!child || !parent || key.columns.length === 0 || key.period) return [];
    const isKeys = (column: string | null) => column !== null && key.columns.includes(column);
    const isUnique = uniques.some(({ columns }) => columns.length === key.columns.length && columns.every(isKeys));
    const guaranteed = !key.notValid && !key.deferrable && !relation.inherited && !secured.has(nameKey(key.references));
    return [{ key, child, parent, unique: isUnique && !relation.inherited, guaranteed }];
  });
}

/** The parent that a key references. */
function toParent(scope: KeyScope, link: NamedLink): Unnamed[] {
  const { key, child, parent } = link;
  const sent = sentKeys(scope, child, key.columns);
  if (!sent) return [];
  const related: Unnamed['related'] = {
    target: parent.key,
    count: isOptional(link) ? 'one or none' : 'one',
    ...sent,
    to: key.references.columns,
    comment: `\`${key.columns.join(', ')}\` → \`${parent.key}\``,
  };
  return [{ related, wish: parentWish(link.names) }];
}

/** The children whose key references a model. */
function toChildren(scope: KeyScope, { key, child, parent, unique, names }: NamedLink): Unnamed[] {
  const sent = sentKeys(scope, parent, key.references.columns);
  if (!sent) return [];
  const related: Unnamed['related'] = {
    target: child.key,
    count: unique ? 'one or none' : 'many',
    ...sent,
    to: key.columns,
    comment: `\`${child.key}.${key.columns.join(', ')}\` → this`,
  };
  return [{ related, wish: childrenWish(names) }];
}

/** The newest transition of each state machine that is held in a table of transitions. */
function newest(scope: KeyScope, model: RelationModel, models: ReadonlyMap<string, RelationModel>): Unnamed[] {
  return model.stateMachines.flatMap(({ field, storage: machine }) => {
    if (machine.kind !== 'transitions') return [];
    const target = models.get(machine.transitions.key);
    const sent = sentKeys(scope, model, [machine.parentColumn]);
    if (!target || !sent) return [];
    const name = field === 'state' ? 'mostRecentTransition' : `mostRecent${pascalCase(field)}Transition`;
    const related: Unnamed['related'] = {
      target: target.key,
      count: 'one or none',
      ...sent,
      to: [machine.foreignKey],
      newest: machine.newest,
      comment: `The newest row of \`${target.key}\`.`,
    };
    const names = [name, `most_recent_of_${target.key}_by_${machine.foreignKey}`];
    return [{ related, wish: { names, original: name } }];
  });
}

/** The field of a column. */
const fieldOf = ({ stored }: RelationModel, column: string) => stored.find((field) => field.column === column);
