import type { Catalog, Relation } from '../catalog/catalog.js';
import { fingerprintOf } from '../report/fingerprint.js';
import { compareSeverity } from '../report/severity.js';
import { doubtsOf } from './checks/doubts.js';
import { failingInserts, insertedFields } from './checks/failing-inserts.js';
import { extraFields, misplacedFields, missingFields, renamedFields } from './checks/fields.js';
import { enumMismatches, keyMismatches } from './checks/keys.js';
import { missingModels, strangeTables, unmappedModels, unreadModels, withoutModel } from './checks/models.js';
import { foreignKeyTypes, insertMissingRequired, suspiciousDefaults } from './checks/opt-in.js';
import { type Context, createContext, type Pairing, pairModel } from './checks/pairing.js';
import {
  type DescribedStatement,
  type Fills,
  fillsOf,
  inlinePairs,
  refusedAlone,
  statementMismatches,
} from './checks/statements.js';
import { typeMismatches } from './checks/types.js';
import { comparedCatalog } from './compared-catalog.js';
import type { Declared } from './declared.js';
import type { SqlLiteral } from './declared-statement.js';
import { byStatement, fillModels } from './filled-models.js';
import { type Draft, type Finding, toFinding } from './finding.js';
import { isAboutMade, ownStatements, withoutForeign } from './foreign-tables.js';
import { mapModels } from './map.js';
import type { MappedModel } from './mapped-model.js';
import type { MissingModel } from './missing-model.js';
import { modelsToWrite } from './missing-models.js';
import { withoutOtherDatabases } from './other-databases.js';
import { otherIn, withoutOtherStatements } from './other-statements.js';
import { isOptIn, ruleIds, rules } from './rules.js';
import type { DriftSettings } from './settings.js';

export interface Comparison {
  readonly findings: readonly Finding[];
  /** Every declared model and what became of it. */
  readonly models: readonly MappedModel[];
  /** The models that have a table, each beside it. */
  readonly pairings: readonly Pairing[];
  /** The relations without a model, as new models need them. */
  readonly missing: readonly MissingModel[];
  /** Statements that models are filled by, and that nobody could judge. */
  readonly unchecked: readonly SqlLiteral[];
}

/** A statement that the database refused, with the database's message. */
export interface RefusedQuery extends SqlLiteral {
  readonly error: string;
}

/** What a database was asked about statements of the code. */
export interface Asked {
  readonly refused?: readonly RefusedQuery[];
  /** The statements that models are filled by. */
  readonly described?: readonly DescribedStatement[];
  /** Statements that models are filled by, and that the source cannot judge: a catalog file parses none. */
  readonly unchecked?: readonly SqlLiteral[];
  /** The relations that the source has and the catalog does not: partitions, and what the config excludes. */
  readonly leftOut?: readonly Relation[];
}

/** Compares models with the catalog. The same input gives the same findings in the same order. */
export function compare(
  selected: Catalog,
  all: Declared,
  given: DriftSettings,
  { refused = [], described: asked = [], unchecked = [], leftOut = [] }: Asked = {},
): Comparison {
  const known = [...selected.relations, ...leftOut];
  const isOther = otherIn(known);
  const { declared, described: judged } = withoutOtherStatements(withoutOtherDatabases(all, asked), known);
  const described = judged.filter((statement) => !isAboutMade(statement, declared));
  const settings = { ...given, parsers: { ...parsersIn(declared), ...given.parsers } };
  const filled = fillModels(declared.models, declared.literals);
  const catalog = comparedCatalog(selected, filled, leftOut);
  const fills = fillsOf(filled, described);
  const models = mapModels(filled, catalog.relations, settings.stripPrefix).map((mapped) =>
    withoutForeign(filledBy(mapped, fills), declared, catalog.relations, leftOut),
  );
  const paired = createContext(catalog, settings, { ...declared, literals: ownStatements(declared) }, models);
  const pairings = models.flatMap((mapped) =>
    mapped.relation && (mapped.status === 'compared' || mapped.status === 'projection')
      ? [pairModel(mapped, mapped.relation, paired)]
      : [],
  );
  const context = { ...paired, doubts: doubtsOf(declared, pairings, inlinePairs(fills), paired.readType) };
  const uncovered = withoutModel(catalog.relations, models);
  const ofModels = pairings.flatMap((pairing) => modelDrafts(pairing, context, fills));
  const ofInserts = isOn('insert-missing-required', settings) ? insertMissingRequired(models, paired) : [];
  const drafts: readonly Draft[] = [
    ...unreadModels([...declared.unread, ...strangeTables(declared, catalog.relations)]),
    ...onceForHeirs([...ofModels, ...statementMismatches(models, fills, context)]),
    ...refusedAlone(described, fills, declared, context),
    ...enumMismatches(declared, catalog),
    ...missingModels(uncovered),
    ...unmappedModels(models),
    ...ofInserts,
    ...insertedFields(models),
    ...failingInserts(context, [...ofModels, ...ofInserts]),
    ...(isOn('fk-type-mismatch', settings) ? foreignKeyTypes(catalog, context) : []),
    ...(isOn('suspicious-default', settings) ? suspiciousDefaults(catalog) : []),
    ...refused.filter((query) => !isOther(query)).map(refusedQuery),
  ];
  return {
    findings: drafts.flatMap((draft) => judge(draft, settings)).sort(inReportOrder),
    models,
    pairings,
    missing: modelsToWrite(uncovered, models, context),
    unchecked,
  };
}

/** Findings about one model beside its table. Where statements fill it, its fields are compared with their results. */
function modelDrafts(pairing: Pairing, context: Context, fills: Fills): readonly Draft[] {
  const ofFields = fills.has(pairing.model)
    ? []
    : [...extraFields(pairing, context), ...renamedFields(pairing), ...typeMismatches(pairing, context)];
  return [...missingFields(pairing, context), ...ofFields, ...misplacedFields(pairing), ...keyMismatches(pairing)];
}

/**
 * Leaves out what is said about a field already: several models of a table may inherit it, and a type that is written
 * in place may pick it, whatever table it is of.
 */
function onceForHeirs(drafts: readonly Draft[]): readonly Draft[] {
  const ofTables = new Map<string, Draft['model']>();
  const anywhere = new Map<string, Draft['model']>();
  return drafts.filter(({ rule, severity, table, column, field, kind, file, line, model }) => {
    if (field === undefined || file === undefined) return true;
    const said = [rule, column, field, kind, file, line];
    const ofTable = firstOf(ofTables, [...said, table], model);
    const ofField = firstOf(anywhere, [...said, severity], model);
    return (model?.isInline ? ofField : ofTable) === model;
  });
}

function firstOf<Value>(known: Map<string, Value>, parts: readonly unknown[], value: Value): Value {
  const key = JSON.stringify(parts);
  const first = known.get(key) ?? value;
  known.set(key, first);
  return first;
}

/**
 * A model without a table that statements fill: it is compared with what they give, or they are refused. A table that
 * only such a statement names is none that the schema lacks, but a query of the statement, if the database takes it.
 */
function filledBy(mapped: MappedModel, fills: Fills): MappedModel {
  const { status, model } = mapped;
  const own = fills.get(model);
  const isOpen = model.isInline || (status === 'unmapped' && model.tables.every(({ by }) => by === byStatement));
  if (!isOpen || !own) return mapped;
  if (!model.isInline && own.every(({ error }) => error !== undefined))
    return { model, status: 'projection', reason: 'the database refuses the statement that fills it' };
  return { model, status: 'projection', reason: 'it is compared with the statements that fill it' };
}

/** What the parsers that the code gives its driver make of each type; anything where two disagree. */
function parsersIn({ parsers = [] }: Declared): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { type, gives } of parsers) found[type] = (found[type] ?? gives) === gives ? gives : 'any';
  return found;
}

/** Whether a rule is checked. An opt-in rule is, once the config gives it a severity. */
export function isOn(rule: Draft['rule'], { severities }: DriftSettings): boolean {
  const configured = severities[rule];
  return configured === undefined ? !isOptIn(rule) : configured !== 'off';
}

/**
 * The finding of a draft, with the severity that the config wants; empty where the rule is off. Text that could not be
 * read stays an error whatever the config says, since it may hide anything.
 */
function judge(draft: Draft, settings: DriftSettings): readonly Finding[] {
  const configured = settings.severities[draft.rule];
  if (draft.rule === 'unread' && draft.kind === 'broken') return [toFinding(draft, 'error')];
  if (configured === 'off') return [];
  return [toFinding(draft, configured ?? draft.severity)];
}

function refusedQuery({ file, line, sql, error }: RefusedQuery): Draft {
  return {
    rule: 'query-invalid',
    severity: rules['query-invalid'].severity,
    subject: fingerprintOf([sql]),
    file,
    line,
    message: `The database refuses this statement: ${error}.`,
  };
}

/**
 * Compares findings for sorting: by table, model, rule and line, findings without a table last. By code point, so that
 * every locale sorts alike.
 */
function inReportOrder(a: Finding, b: Finding): number {
  return (
    Number(a.table === null) - Number(b.table === null) ||
    byCodePoint(a.table ?? '', b.table ?? '') ||
    byCodePoint(a.file ?? '', b.file ?? '') ||
    byCodePoint(a.model ?? '', b.model ?? '') ||
    ruleIds.indexOf(a.rule) - ruleIds.indexOf(b.rule) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    compareSeverity(a.severity, b.severity) ||
    byCodePoint(a.id, b.id)
  );
}

function byCodePoint(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
