import type { Column, Relation } from '../../catalog/catalog.js';
import { shownName } from '../../report/shown-name.js';
import type { DeclaredField, DeclaredModel } from '../declared.js';
import { type Draft, placeOfField } from '../finding.js';
import { languageOf } from '../languages/languages.js';
import { snakeCase } from '../readers/names.js';
import { isAt } from '../sql-writes.js';
import { recommendedType } from '../types/compatible.js';
import { plainName, wordsOf } from '../words.js';
import { insertFailure, usedInserts } from './inserts.js';
import type { Context, Pairing } from './pairing.js';
import type { Returning } from './returning.js';

/** Findings for columns that the model lacks. */
export function missingFields(pairing: Pairing, context: Context): readonly Draft[] {
  const { mapped, model, table, profile, missing } = pairing;
  if (mapped.status === 'projection') return [];
  return missing.map((column) => {
    const type = context.readType(column.type);
    const expected = recommendedType(type, !column.notNull && !type.refusesNull, profile);
    const { severity, because } = weight(column, pairing, context);
    return {
      rule: 'missing-field',
      severity,
      table,
      model,
      column: column.name,
      message: `${model.name} has no field for ${table}.${column.name} (${columnFacts(column)})${because === undefined ? '' : `: ${because}`}.`,
      ...(expected === undefined ? {} : { expected, fix: addition(model, column.name, expected) }),
    };
  });
}

/**
 * How much it matters that a model lacks a column. A reader that merely does not select it may well do without; who
 * inserts a row or declares the table may not.
 */
function weight(
  column: Column,
  { mapped, model, relation, profile, exact, missing, extra }: Pairing,
  { inserts, given }: Context,
): { readonly severity: Draft['severity']; readonly because?: string } {
  if (model.takesFrom !== undefined)
    return { severity: 'info', because: `${model.takesFrom}, which none of the files declares, may have it` };
  if (model.filled?.some((name) => plainName(name) === plainName(column.name)))
    return { severity: 'info', because: 'other code of the model or its library fills it' };
  if (mapped.guessed) return { severity: 'info', because: 'its table is a guess' };
  if (extra.some((field) => field.column?.open))
    return { severity: 'info', because: 'a field whose column is not known from the given files may have it' };
  // A declaration that lacks most columns is of a table that something else creates, such as Supabase's `auth.users`.
  const isPart = model.covers === 'schema' && missing.length > exact.length;
  const isInserted = usedInserts(inserts, relation).length > 0;
  const isGiven = given.get(shownName(relation))?.has(plainName(column.name)) === true;
  const failure = isGiven || (isPart && !isInserted) ? undefined : insertFailure(relation, column, model, inserts);
  if (failure !== undefined) return { severity: 'error', because: failure };
  if (model.covers === 'position')
    return { severity: 'warning', because: `${profile.reads} reads rows by position, unless a query selects fewer` };
  if (languageOf(model).followsDatabase)
    return { severity: 'warning', because: `${profile.reads} leaves it out of every query` };
  if (model.covers === 'schema' && !isPart)
    return { severity: 'error', because: `the ${model.construct} declares the table` };
  return { severity: model.covers === undefined ? 'info' : 'warning' };
}

function addition(model: DeclaredModel, column: string, type: string): string {
  const language = languageOf(model);
  const name = language.fieldName(model, column);
  const field = `Add ${language.field(name, type, column).replace(/[,;]$/, '')}`;
  const above = name === column ? undefined : language.attribute?.(model, column);
  return above === undefined ? field : `${field}, and ${language.keepName(model, column)}`;
}

export function columnFacts({ type, notNull, default: byDefault }: Column): string {
  return [
    type.sql,
    notNull ? 'not null' : 'nullable',
    ...(byDefault === undefined ? [] : [`default ${byDefault}`]),
  ].join(', ');
}

/** Findings for fields that are no columns, each with where its value seems to come from. */
export function extraFields(pairing: Pairing, context: Context): readonly Draft[] {
  const { model, table } = pairing;
  return pairing.extra.map((field) => {
    const { kind, severity, because } = originOf(field, pairing, context);
    return {
      rule: 'extra-field',
      severity,
      table,
      model,
      kind,
      field: field.name,
      message: `${model.name}.${field.name} is not a column of ${table}: ${because}.`,
      ...placeOfField(field),
      fix:
        model.covers === 'schema' ? `Add the column to the table, or remove ${field.name}` : extraFix(kind, field.name),
    };
  });
}

interface Origin {
  readonly kind: 'declared' | 'written' | 'derived' | 'unknown';
  readonly severity: Draft['severity'];
  readonly because: string;
}

/**
 * Where a field that is no column comes from. The most certain evidence counts: first the config, then the SQL in the
 * model's file, then what the schema suggests.
 */
function originOf(field: DeclaredField, pairing: Pairing, context: Context): Origin {
  const { model, relation, table, mapped } = pairing;
  // By position no name is asked for.
  const isSelected = (model.readsRows || model.covers !== undefined) && model.covers !== 'position';
  if (
    context.settings.computed.some(
      (computed) => computed.table === table && plainName(computed.field) === plainName(field.name),
    )
  ) {
    return { kind: 'declared', severity: 'info', because: 'the config declares it as computed' };
  }
  const written = field.column?.name ?? field.name;
  const write = context.writes
    .get(model.file)
    ?.get(written)
    ?.find((candidate) => isAt(relation, candidate.table));
  if (write)
    return { kind: 'written', severity: 'error', because: `yet the SQL at ${write.file}:${write.line} writes it` };
  const alias = context.aliases.get(written) ?? context.aliases.get(snakeCase(written));
  const evidence =
    derivation(field, relation, context) ?? (alias && `the statement at ${alias.file}:${alias.line}, which uses it`);
  if (evidence !== undefined)
    return { kind: 'derived', severity: 'info', because: `it seems to be derived from ${evidence}` };
  if (field.column?.open)
    return {
      kind: 'unknown',
      severity: 'warning',
      because: 'what it refers to is declared in none of the given files',
    };
  const because = 'nothing in the schema, the config or its SQL shows where it comes from';
  if (mapped.guessed) return { kind: 'unknown', severity: 'info', because: `${because}; the table is a guess` };
  const joined = field.column?.mayJoin && context.catalog.relations.find((other) => hasColumn(other, written));
  if (joined)
    return {
      kind: 'unknown',
      severity: 'warning',
      because: `it may be that of ${shownName(joined)}, which a join gives`,
    };
  if (!isSelected || field.mayLack !== undefined || model.joined || model.givenOthers)
    return { kind: 'unknown', severity: 'warning', because };
  return { kind: 'unknown', severity: 'error', because: `${because}, so that reading it fails` };
}

function hasColumn({ columns }: Relation, name: string): boolean {
  return columns.some((column) => column.name === name);
}

function extraFix(kind: Origin['kind'], field: string): string {
  if (kind === 'written') return `Add the column ${field} to the table, or remove it from the statement and the model`;
  if (kind === 'declared') return `Read ${field} from the generated model, and keep it apart from the stored fields`;
  return `Keep ${field} apart from the stored fields (declare it as computed in the config), or remove it`;
}

/**
 * Explains a field by the schema: a table of transitions has states and the newest row, a view or a function returns
 * columns of the name.
 */
function derivation(
  field: DeclaredField,
  relation: Relation,
  { catalog, referrers, views, functions }: Context,
): string | undefined {
  const words = wordsOf(field.column?.name ?? field.name);
  const transitions = referrers
    .get(shownName(relation))
    ?.find(({ columns }) => columns.some(({ name }) => name === 'to_state'));
  if (transitions) {
    const name = shownName(transitions);
    const has = (column: string) => transitions.columns.some((candidate) => candidate.name === column);
    if (words.length <= 2 && ['state', 'status'].includes(words.at(-1) ?? '')) return `${name}.to_state`;
    const newest = words.join(' ').startsWith('most recent') || ['last', 'latest', 'newest'].includes(words[0] ?? '');
    if (newest && has('metadata') && words.includes('error')) return `the metadata of the newest row of ${name}`;
  }
  const name = plainName(field.name);
  const keys = relation.primaryKey?.columns ?? [];
  if (keys.length === 0) return undefined;
  const hasKeys = ({ columns }: Returning) => keys.every((key) => columns.has(key));
  const view = views
    .get(name)
    ?.find(
      (candidate) => candidate.named !== relation && hasKeys(candidate) && isOf(relation, candidate, catalog.relations),
    );
  if (view) return `the view ${shownName(view.named)}`;
  const routine = functions.get(name)?.find(hasKeys);
  return routine ? `the function ${shownName(routine.named)}` : undefined;
}

/** Whether a view may be of a table: it has as many of its columns as of any other's. */
function isOf(relation: Relation, view: Returning, relations: readonly Relation[]): boolean {
  const shared = ({ columns }: Relation) => columns.filter(({ name }) => view.columns.has(name)).length;
  const own = shared(relation);
  return relations.every((other) => other.kind.includes('view') || shared(other) <= own);
}

/** Findings for fields into which rows are read from the column of another field, by position. */
export function misplacedFields({ model, table, profile, exact }: Pairing): readonly Draft[] {
  return exact.flatMap(({ field }): readonly Draft[] => {
    const { name, readFrom } = field;
    if (readFrom === undefined) return [];
    return [
      {
        rule: 'renamed-field',
        // A struct that rows are inserted from need not be read at all.
        severity: model.inserts ? 'warning' : 'error',
        table,
        model,
        column: readFrom,
        field: name,
        kind: 'misplaced',
        message: `${model.name}.${name} is read from ${table}.${readFrom}: ${profile.reads} reads rows into the model by position.`,
        ...placeOfField(field),
        fix: 'Declare the fields in the order of the columns',
      },
    ];
  });
}

/** Whether fields need not have the names of columns: rows are read by position, or by the names that a join gives. */
function isFree({ covers, joined }: DeclaredModel): boolean {
  return covers === 'position' || joined === true;
}

const verbs = { confirmed: 'is', likely: 'is probably', possible: 'may be' } as const;

export function renamedFields({ mapped, model, table, renames }: Pairing): readonly Draft[] {
  const { keepName } = languageOf(model);
  return renames.map(({ column, field, certainty, score, reason }) => ({
    rule: 'renamed-field',
    severity: certainty === 'possible' || mapped.guessed || isFree(model) ? 'info' : 'error',
    table,
    model,
    column: column.name,
    field: field.name,
    kind: certainty,
    message: `${model.name}.${field.name} ${verbs[certainty]} ${table}.${column.name} under another name (score ${score.toFixed(2)}: ${reason}).`,
    ...placeOfField(field),
    fix:
      certainty === 'possible'
        ? `Confirm or deny it in the config (drift.renames)`
        : `Rename it to ${column.name}, or ${keepName(model, column.name)}`,
  }));
}
