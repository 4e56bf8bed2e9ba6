import type { Catalog, QualifiedName } from '../catalog/catalog.js';
import type { Config, ModelsConfig } from '../config/config.js';
import { didYouMean, RowsmithError } from '../errors.js';
import { namesBookkeeping } from './bookkeeping.js';
import { isWildcard, matchesName, matchesQualified } from './pattern.js';

/** A schema that a config is held against: all of it, and what is left of it for the output. */
export interface Known {
  /** Everything that the source has. */
  readonly everything: Catalog;
  /** What the config asks for, with what plugins made of it. */
  readonly catalog: Catalog;
  /** The source is a catalog file, which no longer has what was excluded when it was written. */
  readonly isNarrowed: boolean;
}

/** A pattern of the config that does nothing, with the names that it could have meant. */
interface Idle {
  readonly pattern: string;
  /** Where it stands: `include has "tsaks"`, `models.tsaks`. */
  readonly place: string;
  readonly of: 'relation' | 'function' | 'column';
  readonly names: readonly string[];
}

/**
 * Throws where a pattern of the config matches nothing in any of the schemas: of both sides, where two are compared. It
 * is a slip of the pen, or of another time, and what it was meant to leave out or to rename goes on unnoticed. All of a
 * source counts, not only what the config asks for, since several projects share patterns.
 */
export function refuseIdle(schemas: readonly Known[], config: Config): void {
  for (const find of [idleRelations, idleRoutines, idleModels, idleAliases]) {
    const [idle] = find(schemas, config);
    if (idle) throw refused(idle);
  }
}

function idleRelations(schemas: readonly Known[], { include = [], exclude = [] }: Config): Idle[] {
  const relations = relationsOf(schemas);
  const excluded = schemas.some(({ isNarrowed }) => isNarrowed) ? [] : exclude;
  return Object.entries({ include, exclude: excluded }).flatMap(([key, patterns]) =>
    patterns
      .filter((pattern) => typeof pattern === 'string')
      .filter((pattern) => isAsked(pattern) && !namesBookkeeping(pattern))
      .filter((pattern) => !relations.some((relation) => matchesQualified(pattern, relation)))
      .map((pattern) => ({
        pattern,
        place: `${key} has "${pattern}"`,
        of: 'relation' as const,
        names: namesFor(pattern, relations),
      })),
  );
}

function idleRoutines(schemas: readonly Known[], { functions = [] }: Config): Idle[] {
  const routines = schemas.flatMap(({ everything, catalog }) => [...everything.functions, ...catalog.functions]);
  return functions
    .filter((pattern) => typeof pattern === 'string')
    .filter((pattern) => isAsked(pattern) && !routines.some((routine) => matchesQualified(pattern, routine)))
    .map((pattern) => ({
      pattern,
      place: `functions has "${pattern}"`,
      of: 'function' as const,
      names: namesFor(pattern, routines),
    }));
}

function idleModels(schemas: readonly Known[], { models }: Config): Idle[] {
  const relations = relationsOf(schemas);
  return Object.keys(entriesOf(models))
    .filter((pattern) => isAsked(pattern) && !relations.some((relation) => matchesQualified(pattern, relation)))
    .map((pattern) => ({
      pattern,
      place: placeIn('models', pattern),
      of: 'relation' as const,
      names: namesFor(pattern, relations),
    }));
}

/** Aliases whose pattern matches no column of the tables of their entry. What a function gives is not looked into. */
function idleAliases(schemas: readonly Known[], { models }: Config): Idle[] {
  const relations = relationsOf(schemas);
  return Object.entries(entriesOf(models)).flatMap(([table, entry]) => {
    const alias = typeof entry === 'object' ? (entry.alias ?? {}) : {};
    const columns = relations
      .filter((relation) => matchesQualified(table, relation))
      .flatMap(({ columns: own }) => own);
    return Object.keys(alias)
      .filter((pattern) => isAsked(pattern) && !columns.some(({ name }) => matchesName(pattern, name)))
      .map((pattern) => ({
        pattern,
        place: placeIn(`${placeIn('models', table)}.alias`, pattern),
        of: 'column' as const,
        names: columns.map(({ name }) => name),
      }));
  });
}

const relationsOf = (schemas: readonly Known[]) =>
  schemas.flatMap(({ everything, catalog }) => [...everything.relations, ...catalog.relations]);

function entriesOf({ stripPrefix: _prefix, ...entries }: ModelsConfig = {}) {
  return entries;
}

/** Whether a pattern is meant to match something; `*` may find nothing. */
const isAsked = (pattern: string) => !/^\*(\.\*)?$/.test(pattern);

const placeIn = (object: string, key: string) =>
  isWildcard(key) ? `${object}[${JSON.stringify(key)}]` : `${object}.${key}`;

const namesFor = (pattern: string, named: readonly QualifiedName[]) =>
  named.map(({ schema, name }) => (pattern.includes('.') ? `${schema}.${name}` : name));

const words = {
  relation: { code: 'unknown-relation', one: 'table', several: 'table or view' },
  function: { code: 'unknown-function', one: 'function', several: 'function' },
  column: { code: 'unknown-column', one: 'column', several: 'column' },
} as const;

function refused({ pattern, place, of, names }: Idle): RowsmithError {
  const { code, one, several } = words[of];
  if (isWildcard(pattern))
    return new RowsmithError(
      code,
      `No ${several} matches ${place}.`,
      globHint(pattern) ?? 'Leave the pattern out, or look at its spelling.',
    );
  const own =
    of === 'function'
      ? 'Look at its spelling, and at its schema. Trigger functions and those of extensions do not count.'
      : 'Look at its spelling, and at its schema.';
  return new RowsmithError(
    code,
    `The config names an unknown ${one}: ${place}`,
    globHint(pattern) ?? didYouMean(pattern, names) ?? own,
  );
}

/** What is a wildcard elsewhere: `{a,b}`, `[ab]`, `a?`, `!a`, `a|b`, `%`. */
function globHint(pattern: string): string | undefined {
  return /[{}[\]?!|%]/.test(pattern) ? 'Only * is a wildcard here: write a pattern for each alternative.' : undefined;
}
