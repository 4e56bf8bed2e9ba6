import type { Relation } from '../catalog/catalog.js';
import { shownName } from '../report/shown-name.js';
import type { TableHint } from './declared.js';
import { byStatement } from './filled-models.js';
import { append } from './group.js';
import { columnCase, snakeCase } from './readers/names.js';
import { plainName, wordsOf } from './words.js';

/** The relations of a catalog, by everything that a model may call them. */
export interface TableNames {
  /** The first relation with a shown name, and the first with a name, with or without its schema. */
  readonly shown: ReadonlyMap<string, Relation>;
  readonly called: ReadonlyMap<string, Relation>;
  /** The first relation with a name in camel case, which has no underscore before digits: `archive2024`. */
  readonly camel: ReadonlyMap<string, Relation>;
  /** Relations by schema and name (`pathKey`), so that no name is mistaken for one in another schema. */
  readonly at: ReadonlyMap<string, Relation>;
  readonly schemas: ReadonlySet<string>;
  readonly byPlainName: ReadonlyMap<string, readonly Relation[]>;
  readonly byColumn: ReadonlyMap<string, readonly Relation[]>;
}

/** Indexes relations. TableNames without the common prefix of tables, or without `stripPrefix`, count too. */
export function indexNames(relations: readonly Relation[], stripPrefix: string | undefined): TableNames {
  const byPlainName = new Map<string, Relation[]>();
  const byColumn = new Map<string, Relation[]>();
  const prefixes = prefixesOf(relations, stripPrefix);
  for (const relation of relations) {
    const stripped = prefixes
      .filter((prefix) => relation.name.startsWith(prefix) && relation.name.length > prefix.length)
      .map((prefix) => relation.name.slice(prefix.length));
    for (const key of new Set([relation.name, ...stripped].map(nameKey))) append(byPlainName, key, relation);
    for (const { name } of relation.columns) append(byColumn, plainName(name), relation);
  }
  return {
    shown: firstByName(relations, (relation) => [shownName(relation)]),
    called: firstByName(relations, ({ schema, name }) => [name, `${schema}.${name}`]),
    camel: firstByName(relations, ({ name }) => [columnCase(name, 'camelCase')]),
    at: firstByName(relations, ({ schema, name }) => [pathKey(schema, name)]),
    schemas: new Set(relations.map(({ schema }) => schema)),
    byPlainName,
    byColumn,
  };
}

function pathKey(schema: string, name: string): string {
  return JSON.stringify([schema, name]);
}

function firstByName(
  relations: readonly Relation[],
  namesOf: (relation: Relation) => readonly string[],
): ReadonlyMap<string, Relation> {
  const found = new Map<string, Relation>();
  for (const relation of relations)
    for (const name of namesOf(relation)) if (!found.has(name)) found.set(name, relation);
  return found;
}

/** Beginnings of the names of tables that those of models lack. */
export function prefixesOf(relations: readonly Relation[], stripPrefix: string | undefined): readonly string[] {
  return stripPrefix === undefined ? commonPrefixes(relations) : [stripPrefix];
}

/**
 * First words of names, `tasker_`, that at least three tables and half of all tables begin with. Three are enough for
 * one with an underscore before it, `_app_`, which is no word of a table's own.
 */
function commonPrefixes(relations: readonly Relation[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { name } of relations) {
    const prefix = /^_?[^_]+_/.exec(name)?.[0];
    if (prefix !== undefined) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  return [...counts]
    .filter(([prefix, count]) => count >= 3 && (prefix.startsWith('_') || count * 2 >= relations.length))
    .map(([prefix]) => prefix);
}

/** A name with every word in singular, the same for `NamedTasksNamedStep` and `named_tasks_named_steps`. */
function nameKey(name: string): string {
  return wordsOf(name).join('_');
}

/** Beginnings and endings that say what a type is for, not what it is about: `TaskRow` is about `Task`. */
const decorations = /(?:Row|Record|Model|Entity|Table|Schema|Dto|DTO|Db|DB)$|^(?:Db|DB|I(?=[A-Z][a-z]))/g;

/** The relation that a hint in the code names. */
export function hintedRelation({ table, by, schema }: TableHint, names: TableNames): Relation | undefined {
  const { at, shown, called, schemas } = names;
  if (schema !== undefined) return at.get(pathKey(schema, table));
  const [name = table, module] = table.split('::').reverse();
  // A plugin or a mapper may spell a name in its own way; a statement is as it is.
  if (module === undefined)
    return shown.get(table) ?? called.get(table) ?? (by === byStatement ? undefined : respelled(table, names));
  // `schema::billing::invoices` is in the schema `billing`, if the database has one; `crate::schema::tasks` is `tasks`.
  return schemas.has(module) ? at.get(pathKey(module, name)) : (at.get(pathKey('public', name)) ?? called.get(name));
}

/** The relation of a name that a plugin or a mapper spells in its own way: `user_data` of `userData`. */
function respelled(table: string, { called, camel }: TableNames): Relation | undefined {
  const isCamel = /\p{Lu}/u.test(table);
  return called.get(snakeCase(table)) ?? (isCamel ? camel.get(table) : undefined);
}

/** The relation that the name of a model fits, where there is only one, with the reason. */
export function relationNamed(
  name: string,
  { byPlainName }: TableNames,
): { readonly relation: Relation; readonly reason: string } | undefined {
  const bare = name.replace(decorations, '');
  for (const candidate of new Set([name, bare])) {
    const found = byPlainName.get(nameKey(candidate)) ?? [];
    const [relation] = found;
    if (relation && found.length === 1)
      return { relation, reason: `its name is the table's: ${candidate} → ${shownName(relation)}` };
  }
  return undefined;
}

/** The tables that a name fits, where there are several. */
export function namesakes(name: string, { byPlainName }: TableNames): readonly Relation[] {
  const candidates = [name, name.replace(decorations, '')].map(
    (candidate) => byPlainName.get(nameKey(candidate)) ?? [],
  );
  return candidates.find((found) => found.length > 1) ?? [];
}
