import type { Catalog, QualifiedName, Relation } from '../catalog/catalog.js';
import type { Config } from '../config/config.js';
import type { ModelsConfig } from '../config/models.js';
import { didYouMean, RowsmithError } from '../errors.js';
import { namesBookkeeping } from './bookkeeping.js';
import { isOverridden } from './overridden.js';
import { isWildcard, matchesName, matchesQualified } from './pattern.js';
import { someNames, takesExtensions } from './settings.js';

/** A schema that a config is compared with: all of it, and the part that the output is made from. */
export interface Known {
  /** Everything that the source has. */
  readonly everything: Catalog;
  /** What the config selects, as changed by plugins. */
  readonly catalog: Catalog;
  /** The source is a catalog file, which no longer has what was excluded when it was written. */
  readonly isNarrowed: boolean;
}

/** A pattern of the config that has no effect. */
interface Idle {
  readonly pattern: string;
  /** Its position in the config: `include has "tsaks"`, `models.tsaks`. */
  readonly place: string;
  readonly of: 'relation' | 'function' | 'column';
  readonly hint: string;
}

/**
 * Throws if a pattern of the config matches nothing in any of the schemas (both sides, if two are compared). Such a
 * pattern is misspelled or outdated, and would silently fail to exclude or rename what it was written for. It may match
 * anything in a source, not only what the config selects, because several projects share patterns.
 */
export function refuseIdle(schemas: readonly Known[], config: Config): void {
  for (const find of [idleRelations, idleRoutines, idleModels, idleAliases, idleSlices]) {
    const [idle] = find(schemas, config);
    if (idle) throw refused(idle);
  }
  refuseIdleOverrides(schemas, config);
}

/** Throws if an override matches no column. Overrides with function patterns are not checked. */
function refuseIdleOverrides(schemas: readonly Known[], { types = {} }: Config): void {
  const relations = relationsOf(schemas);
  for (const [index, rule] of (types.overrides ?? []).entries()) {
    const patterns = [rule.table, rule.column, rule.type].filter((pattern) => pattern !== undefined);
    if (texts(patterns).length < patterns.length || !texts(patterns).some(isAsked)) continue;
    if (relations.some((relation) => relation.columns.some((column) => isOverridden(rule, relation, column)))) continue;
    throw new RowsmithError(
      'unknown-column',
      `types.overrides.${index} matches no column: ${JSON.stringify(rule)}`,
      'Check the names of the table, the column and the type.',
    );
  }
}

function idleRelations(schemas: readonly Known[], { include = [], exclude = [], tables }: Config): Idle[] {
  const relations = relationsOf(schemas);
  const names = schemas.flatMap(({ everything }) => everything.schemas.map(({ name }) => name));
  const isIdle = (pattern: string, candidates: readonly Relation[]) =>
    isAsked(pattern) &&
    !namesBookkeeping(pattern) &&
    !isSchema(pattern, names) &&
    !candidates.some((relation) => matchesQualified(pattern, relation));
  // A wildcard in include does not match relations of extensions.
  const own = takesExtensions(tables) ? relations : relations.filter(({ extension }) => extension === undefined);
  // A catalog file no longer has what was excluded.
  const isNarrowed = schemas.some((schema) => schema.isNarrowed);
  const excluded = isNarrowed ? [] : texts(exclude);
  const included = isNarrowed && exclude.length > 0 ? [] : texts(include);
  const idle = (key: string) => (pattern: string) => ({
    pattern,
    place: `${key} has "${pattern}"`,
    of: 'relation' as const,
    hint: extensionHint(pattern, relations) ?? hintFor(pattern, relations),
  });
  return [
    ...included.filter((pattern) => isIdle(pattern, isWildcard(pattern) ? own : relations)).map(idle('include')),
    ...excluded.filter((pattern) => isIdle(pattern, relations)).map(idle('exclude')),
  ];
}

function idleRoutines(schemas: readonly Known[], { functions = [] }: Config): Idle[] {
  const routines = schemas.flatMap(({ everything, catalog }) => [...everything.functions, ...catalog.functions]);
  const idle = texts(functions).filter(
    (pattern) => isAsked(pattern) && !routines.some((routine) => matchesQualified(pattern, routine)),
  );
  return idle.map((pattern) => ({
    pattern,
    place: `functions has "${pattern}"`,
    of: 'function',
    hint: hintFor(pattern, routines, `${spelling} Trigger functions and those of extensions do not count.`),
  }));
}

function idleModels(schemas: readonly Known[], { models }: Config): Idle[] {
  const relations = relationsOf(schemas);
  const [newest] = schemas.slice(-1);
  const idle = Object.keys(entriesOf(models)).filter(
    (pattern) => isAsked(pattern) && !relations.some((relation) => matchesQualified(pattern, relation)),
  );
  return idle.map((pattern) => ({
    pattern,
    place: placeIn('models', pattern),
    of: 'relation',
    hint: hintFor(pattern, relations, newest ? `The schema has: ${someNames(newest.catalog)}.` : spelling),
  }));
}

/** Aliases whose pattern matches no column of the tables of their entry. Entries that are functions are not checked. */
function idleAliases(schemas: readonly Known[], { models }: Config): Idle[] {
  const relations = relationsOf(schemas);
  return Object.entries(entriesOf(models)).flatMap(([table, entry]) => {
    const alias = typeof entry === 'object' ? (entry.alias ?? {}) : {};
    const matched = relations.filter((relation) => matchesQualified(table, relation));
    const columns = matched.flatMap((relation) => relation.columns.map(({ name }) => name));
    const place = isWildcard(table) ? table : (matched[0]?.name ?? table);
    const idle = Object.keys(alias).filter(
      (pattern) => isAsked(pattern) && !columns.some((name) => matchesName(pattern, name)),
    );
    return idle.map((pattern) => ({
      pattern,
      place: placeIn(`${placeIn('models', place)}.alias`, pattern),
      of: 'column' as const,
      hint: globHint(pattern) ?? didYouMean(pattern, columns) ?? `${place} has: ${[...new Set(columns)].join(', ')}.`,
    }));
  });
}

/**
 * Wildcards of slices that match nothing. A table that a slice names in full must be in its own output, so it is
 * checked there.
 */
function idleSlices(schemas: readonly Known[], { slices = {} }: Config): Idle[] {
  const relations = relationsOf(schemas);
  const isIdle = (pattern: string) =>
    isWildcard(pattern) && isAsked(pattern) && !relations.some((relation) => matchesQualified(pattern, relation));
  return Object.entries(slices).flatMap(([label, patterns]) =>
    texts(patterns)
      .filter(isIdle)
      .map((pattern) => ({
        pattern,
        place: `slices.${label} has "${pattern}"`,
        of: 'relation' as const,
        hint: hintFor(pattern, relations),
      })),
  );
}

const texts = (patterns: readonly unknown[]) => patterns.filter((pattern) => typeof pattern === 'string');

const relationsOf = (schemas: readonly Known[]) =>
  schemas.flatMap(({ everything, catalog }) => [...everything.relations, ...catalog.relations]);

const entriesOf = ({ stripPrefix: _prefix, ...entries }: ModelsConfig = {}) => entries;

/** Whether a pattern must match something; `*` may match nothing. */
const isAsked = (pattern: string) => !/^\*(\.\*)?$/.test(pattern);

/** Whether a pattern means all of an existing schema, which may have no tables: `tenant_demo.*`. */
const isSchema = (pattern: string, schemas: readonly string[]) =>
  pattern.endsWith('.*') && schemas.some((name) => matchesName(pattern.slice(0, -'.*'.length), name));

const placeIn = (object: string, key: string) =>
  isWildcard(key) ? `${object}[${JSON.stringify(key)}]` : `${object}.${key}`;

const words = {
  relation: { code: 'unknown-relation', one: 'table', several: 'table or view' },
  function: { code: 'unknown-function', one: 'function', several: 'function' },
  column: { code: 'unknown-column', one: 'column', several: 'column' },
} as const;

function refused({ pattern, place, of, hint }: Idle): RowsmithError {
  const { code, one, several } = words[of];
  const message = isWildcard(pattern)
    ? `No ${several} matches the config: ${place}`
    : `The config names an unknown ${one}: ${place}`;
  return new RowsmithError(code, message, hint);
}

const spelling = 'Check its spelling and its schema.';

function hintFor(pattern: string, named: readonly QualifiedName[], otherwise = spelling): string {
  const names = named.map(({ schema, name }) => (pattern.includes('.') ? `${schema}.${name}` : name));
  const meant = isWildcard(pattern) ? undefined : didYouMean(pattern, names);
  return globHint(pattern) ?? meant ?? otherwise;
}

function extensionHint(pattern: string, relations: readonly Relation[]): string | undefined {
  const found = relations.find((relation) => matchesQualified(pattern, relation));
  return found && `Tables of an extension must be named in full: "${found.schema}.${found.name}".`;
}

/** A hint about what other tools use as wildcards: `{a,b}`, `[ab]`, `a?`, `!a`, `a|b`, `%`. */
function globHint(pattern: string): string | undefined {
  return /[{}[\]?!|%]/.test(pattern) ? 'Only * is a wildcard here: write a pattern for each alternative.' : undefined;
}
