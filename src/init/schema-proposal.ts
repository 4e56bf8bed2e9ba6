import type { Catalog, Relation } from '../catalog/catalog.js';
import { relationKey } from '../catalog/home-schema.js';
import type { Config, Override } from '../config/config.js';
import { RowsmithError } from '../errors.js';
import { buildSchema, sharedNamesOf } from '../model/build.js';
import type { Schema } from '../model/model.js';
import { type MergedEntry, mergedEntries } from '../model/shared-names.js';
import { isBookkeeping } from '../selection/bookkeeping.js';
import { narrowCatalog } from '../selection/narrow.js';
import { matchesName, matchesQualified } from '../selection/pattern.js';
import type { Known } from '../selection/refuse-idle.js';
import { type ProposedColumn, proposeColumnStates } from './column-states.js';
import { type ProposedFilled, proposeFilled } from './filled.js';
import type { Setup } from './setups/setup.js';

/** The proposal that a schema makes for the config, and what rowsmith will make of the schema without any. */
export interface SchemaProposal {
  /** Tables in which migration tools record what has run. */
  readonly exclude: readonly string[];
  readonly stripPrefix?: string;
  readonly models: readonly { readonly table: string; readonly name: string }[];
  readonly machines: readonly ProposedMachine[];
  readonly columnStates: readonly ProposedColumn[];
  readonly computed: readonly {
    readonly table: string;
    readonly model: string;
    readonly field: string;
    readonly sql: string;
  }[];
  /** What gives names that several tables or fields share to one of them, by the table's key. */
  readonly names: ReadonlyMap<string, MergedEntry>;
  readonly filled: readonly ProposedFilled[];
  /** Notes for people: a missing index, two tables of one name. */
  readonly notes: readonly string[];
}

/** A state machine that was found. */
export interface ProposedMachine {
  readonly table: string;
  readonly model: string;
  readonly field: string;
  readonly transitions: string;
  /** The states; absent where nothing in the schema lists them. */
  readonly states?: readonly string[];
}

/** Makes the proposal for a schema. `config` is what the project's setup asks for already. */
export function proposeFromSchema(everything: Catalog, config: Config): SchemaProposal {
  const exclude = everything.relations.filter(isBookkeeping).map((relation) => tableKey(everything, relation));
  const catalog =
    exclude.length === everything.relations.length ? everything : narrowCatalog(everything, { exclude }).catalog;
  const prefix = commonPrefix(catalog.relations);
  const stripped = { ...config, models: prefix === undefined ? {} : { stripPrefix: prefix } };
  const names = mergedEntries(sharedNamesOf(catalog, stripped));
  const models = { ...stripped.models, ...Object.fromEntries(names) };
  const { schema, problem } = build(catalog, { ...config, models });
  const keyOf = (name: { readonly schema: string; readonly name: string }) => tableKey(catalog, name);
  const relations = schema?.relations ?? [];
  return {
    exclude: catalog === everything ? [] : exclude,
    ...(prefix === undefined ? {} : { stripPrefix: prefix }),
    models: relations.map(({ relation, name }) => ({ table: keyOf(relation), name })),
    machines: relations.flatMap(({ relation, name, stateMachines }) =>
      stateMachines.flatMap(({ field, states, storage }) =>
        storage.kind === 'transitions'
          ? [
              {
                table: keyOf(relation),
                model: name,
                field,
                transitions: keyOf(storage.transitions),
                ...(states ? { states: states.map(String) } : {}),
              },
            ]
          : [],
      ),
    ),
    columnStates: schema ? proposeColumnStates(catalog, schema, keyOf) : [],
    computed: relations.flatMap(({ relation, name, computed }) =>
      computed.flatMap(({ name: field, source }) =>
        source.kind === 'sql' ? [{ table: keyOf(relation), model: name, field, sql: source.sql }] : [],
      ),
    ),
    names,
    filled: proposeFilled(catalog, keyOf),
    notes: [...(schema?.notes ?? []), ...(problem === undefined ? [] : [problem])],
  };
}

/** A setup, as far as it fits the schema: what matches nothing would be refused as a mistake. */
export function fittingSetup(setup: Setup, { catalog, everything, isNarrowed }: Known): Setup {
  const { include, exclude, overrides, ...others } = setup;
  const fits = (pattern: string) =>
    isNarrowed || everything.relations.some((relation) => matchesQualified(pattern, relation));
  return {
    ...others,
    ...(include ? { include: include.filter(fits) } : {}),
    ...(exclude ? { exclude: exclude.filter(fits) } : {}),
    ...(overrides ? { overrides: fittingOverrides(catalog, overrides) } : {}),
  };
}

/** The overrides that fit a column. */
function fittingOverrides(catalog: Catalog, overrides: readonly Override[]): Override[] {
  const names = new Set(catalog.relations.flatMap(({ columns }) => columns.map(({ type }) => type.name)));
  return overrides.filter(({ type }) => type !== undefined && [...names].some((name) => matchesName(type, name)));
}

/** The name of a table in the config: with its schema where another table has the same name. */
function tableKey(
  { relations }: Catalog,
  { schema, name }: { readonly schema: string; readonly name: string },
): string {
  const alone = relations.filter((relation) => relation.name === name).length === 1;
  return alone ? relationKey({ schema, name }, 'public') : `${schema}.${name}`;
}

/** The prefix that all tables share, where there are three or more: `tasker_`. */
function commonPrefix(relations: readonly Relation[]): string | undefined {
  const [first, ...others] = relations.map(({ name }) => name);
  if (first === undefined || others.length < 2) return undefined;
  let length = 0;
  while (length < first.length && others.every((name) => name[length] === first[length])) length++;
  const prefix = first.slice(0, first.slice(0, length).lastIndexOf('_') + 1);
  return /[a-z]/i.test(prefix) && relations.every(({ name }) => name.length > prefix.length) ? prefix : undefined;
}

/** Builds the models. What `generate` would refuse becomes a note. */
function build(catalog: Catalog, config: Config): { readonly schema?: Schema; readonly problem?: string } {
  try {
    return { schema: buildSchema(catalog, config) };
  } catch (error) {
    if (error instanceof RowsmithError) return { problem: [error.message, error.hint].filter(Boolean).join(' ') };
    throw error;
  }
}
