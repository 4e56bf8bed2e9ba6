import type { Catalog, Relation } from '../catalog/catalog.js';
import { homeSchema } from '../catalog/home-schema.js';
import type { Config } from '../config/config.js';
import { RowsmithError } from '../errors.js';
import type { Settings } from '../selection/settings.js';
import type { RelationModel } from './model.js';
import { camelCase, fileName, nameOnDisk, pascalCase } from './names.js';
import { functionName, modelName } from './reserved-names.js';
import { configKey, type SharedName, shownRelation } from './shared-names.js';
import { plural, singular } from './singular.js';
import { sharedWishes, uniqueNames, type Wish, type Wishes, wishesOf } from './unique-names.js';

/** The TypeScript names of a relation: `Task`, `tasks`, `task`, the file `task`, and its table's `TasksTable`. */
export type ModelNames = Pick<RelationModel, 'name' | 'plural' | 'alias' | 'file' | 'tableName'> & {
  readonly related: RelatedNames;
};

/** What relations between models are named after. They depend neither on other tables nor on the schema. */
export interface RelatedNames {
  /** `task` */
  readonly one: string;
  /** `tasks`, even if the table is called `task`. */
  readonly many: string;
}

export interface NamedModels {
  readonly names: ReadonlyMap<Relation, ModelNames>;
  /** The names that several relations share. */
  readonly shared: readonly SharedName[];
}

/** Names every relation of a catalog: `tasker_named_tasks` is NamedTask, namedTasks, namedTask, named-task. */
export function modelNames(catalog: Catalog, settings: Settings, models: Config['models']): NamedModels {
  const wishOf = wishes(catalog, settings, models?.stripPrefix);
  const { relations } = catalog;
  const sameIf = (name: string) => nameOnDisk(fileName(name));
  const nameWishes = wishesOf(relations, wishOf.name);
  const pluralWishes = wishesOf(relations, wishOf.plural);
  const names = uniqueNames(nameWishes, { sameIf });
  const plurals = uniqueNames(pluralWishes);
  const tableNames = uniqueNames(wishesOf(relations, wishOf.tableName));
  const ofNames: NamesOfKey = { key: 'name', names, wishes: nameWishes, sameIf };
  const ofPlurals: NamesOfKey = { key: 'plural', names: plurals, wishes: pluralWishes };
  refuseGiven(ofNames);
  refuseGiven(ofPlurals);
  const named = relations.map((relation): [Relation, ModelNames] => {
    const name = names.get(relation) ?? relation.name;
    const tableName = tableNames.get(relation) ?? relation.name;
    const called = {
      name,
      plural: plurals.get(relation) ?? relation.name,
      alias: camelCase(name),
      file: fileName(name),
      // The full name of a model, such as `TasksTable`, is also the name of its table's interface.
      tableName: tableName === name ? `${tableName}Columns` : tableName,
      related: wishOf.related(relation),
    };
    return [relation, called];
  });
  return { names: new Map(named), shared: [...sharedOf(catalog, ofNames), ...sharedOf(catalog, ofPlurals)] };
}

/**
 * The wishes of relations. In a schema that is neither `public` nor the home schema, a name starts with the schema,
 * unless that is the only schema: then the relation gets the name without it. No other relation gets that name in any
 * case, so that adding a second schema never gives an existing name another meaning.
 */
function wishes(catalog: Catalog, settings: Settings, stripPrefix = '') {
  const home = homeSchema(catalog);
  const isAlone = new Set(catalog.relations.map(({ schema }) => schema)).size === 1;
  const stripped = ({ name }: Relation) =>
    name.startsWith(stripPrefix) && name !== stripPrefix ? name.slice(stripPrefix.length) : name;
  const wish = (relation: Relation, text: string, spell: (text: string) => string, isBare: boolean) => {
    const qualified = spell(`${relation.schema}_${text}`);
    if (isBare) return { names: [spell(text)] };
    return isAlone ? { names: [spell(text), qualified] } : { names: [qualified], reserved: [spell(text)] };
  };
  const isPublic = ({ schema }: Relation) => schema === 'public';
  const isBare = (relation: Relation) => isPublic(relation) || relation.schema === home;
  const ownWords = (relation: Relation) => `${isPublic(relation) ? '' : `${relation.schema}_`}${relation.name}_table`;
  const spellName = (text: string) => modelName(pascalCase(singular(text)));
  const spellPlural = (text: string) => functionName(camelCase(text));
  return {
    name(relation: Relation): Wish {
      const { names, ...more } = wish(relation, stripped(relation), spellName, isBare(relation));
      const given = settings.get(relation)?.name;
      return { given, names: [...names, pascalCase(ownWords(relation))], ...more, original: original(relation) };
    },
    plural(relation: Relation): Wish {
      const { names, ...more } = wish(relation, stripped(relation), spellPlural, isBare(relation));
      const given = settings.get(relation)?.plural;
      return { given, names: [...names, camelCase(ownWords(relation))], ...more, original: original(relation) };
    },
    tableName(relation: Relation): Wish {
      const spell = (text: string) => `${pascalCase(text)}Table`;
      const { names, ...more } = wish(relation, relation.name, spell, relation.schema === home);
      const full = spell(`${relation.schema}_${relation.name}`);
      return { names: [...new Set([...names, full])], ...more, original: original(relation) };
    },
    related(relation: Relation): RelatedNames {
      const { name, plural: given } = settings.get(relation) ?? {};
      const text = stripped(relation);
      return { one: camelCase(name ?? singular(text)), many: given ?? camelCase(plural(text)) };
    },
  };
}

const original = ({ schema, name }: Relation) => JSON.stringify([schema, name]);

interface NamesOfKey {
  /** The key of the config that sets such a name. */
  readonly key: 'name' | 'plural';
  readonly names: ReadonlyMap<Relation, string>;
  readonly wishes: Wishes<Relation>;
  readonly sameIf?: (name: string) => string;
}

/**
 * The names that several relations share, each with the config that assigns it to the table with the most conventional
 * name.
 */
function sharedOf(catalog: Catalog, { key, names, wishes, sameIf }: NamesOfKey): SharedName[] {
  const isUsual = ({ schema, name }: Relation) => schema === 'public' && name === plural(name) && !/[A-Z]/.test(name);
  return sharedWishes(names, wishes, sameIf).flatMap(({ name, items, losers }) => {
    const favourite = losers.find(isUsual) ?? losers[0];
    if (!favourite) return [];
    const things = items.map((item) => ({ thing: shownRelation(catalog, item), called: names.get(item) ?? '' }));
    const entry = key === 'name' ? { name } : { plural: name };
    return [{ name, things, table: configKey(catalog, favourite), entry }];
  });
}

/** Throws if the config gives one name to two tables. */
function refuseGiven({ key, wishes, sameIf = (name) => name }: NamesOfKey): void {
  const owners = new Map<string, Relation>();
  for (const [relation, { given }] of wishes) {
    if (given === undefined) continue;
    const owner = owners.get(sameIf(given));
    if (owner) {
      throw new RowsmithError(
        'name-collision',
        `The config gives the tables ${owner.name} and ${relation.name} the same ${key}: ${given}.`,
        `Rename one of them: models: { ${JSON.stringify(relation.name)}: { ${key}: '…' } }`,
      );
    }
    owners.set(sameIf(given), relation);
  }
}
