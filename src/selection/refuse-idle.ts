import type { Catalog, QualifiedName, Relation } from '../catalog/catalog.js';
import type { Config } from '../config/config.js';
import type { ModelsConfig } from '../config/models.js';
import { didYouMean, RowsmithError } from '../errors.js';
import { namesBookkeeping } from './bookkeeping.js';
import { isOverridden } from './overridden.js';
import { isWildcard, matchesName, matchesQualified } from './pattern.js';
import { someNames, takesExtensions } from './settings.js';

/** A schema that a config is held against: all of it, and what is left of it for the output. */
export interface Known {
  /** Everything that the source has. */
  readonly everything: Catalog;
  /** What the config asks for, with what plugins made of it. */
  readonly catalog: Catalog;
  /** The source is a catalog file, which no longer has what was excluded when it was written. */
  readonly isNarrowed: boolean;
}

/** A pattern of the config that does nothing. */
interface Idle {
  readonly pattern: string;
  /** Where it stands: `include has "tsaks"`, `models.tsaks`. */
  readonly place: string;
  readonly of: 'relation' | 'function' | 'column';
  readonly hint: string;
}

/**
 * Throws where a pattern of the config matches nothing in any of the schemas: of both sides, where two are compared. It
 * is a slip of the pen, or of another time, and what it was meant to leave out or to rename goes on unnoticed. All of a
 * source counts, not only what the config asks for, since several projects share patterns.
 */
export function refuseIdle(schemas: readonly Known[], config: Config): void {
  for (const find of [idleRelations, idleRoutines, idleModels, idleAliases, idleSlices]) {
    const [idle] = find(schemas, config);
    if (idle) throw refused(idle);
  }
  refuseIdleOverrides(schemas, config);
}

/** What a function matches is not looked into. */
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
  // A wildcard of include finds no relation of an extension.
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

/** Aliases whose pattern matches no column of the tables of their entry. What a function gives is not looked into. */
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

/** Wildcards of slices. What a slice names without one has to be in its own output. */
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

/** Whether a pattern is meant to match something; `*` may find nothing. */
const isAsked = (pattern: string) => !/^\*(\.\*)?$/.test(pattern);

/** Whether a pattern means all of a schema that is there, if only without tables: `tenant_demo.*`. */
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

/** A hint about what is a wildcard elsewhere: `{a,b}`, `[ab]`, `a?`, `!a`, `a|b`, `%`. */
function globHint(pattern: string): string | undefined {
  return /[{}[\]?!|%]/.test(pattern) ? 'Only * is a wildcard here: write a pattern for each alternative.' : undefined;
}
