import type { Column, TypeRef } from '../../catalog/catalog.js';
import { shownName } from '../../report/shown-name.js';
import type { Declared, DeclaredField, DeclaredModel } from '../declared.js';
import type { SqlLiteral } from '../declared-statement.js';
import { statementsOf } from '../filled-models.js';
import { type Draft, placeOfField, shownField } from '../finding.js';
import { ownStatements } from '../foreign-tables.js';
import { languageOf } from '../languages/languages.js';
import type { MappedModel } from '../mapped-model.js';
import { missingRelation } from '../missing-relation.js';
import { storedFields } from '../stored-fields.js';
import { isToolTable } from '../tool-tables.js';
import { listed, plainName } from '../words.js';
import type { FieldScope } from './field-scope.js';
import { dropsNull, setsValue } from './null-filters.js';
import type { Context } from './pairing.js';
import { refusalOf } from './refusals.js';
import { asWarning, compareField } from './types.js';

/** A statement that the code reads into a model, and what the database says about it. */
export interface DescribedStatement {
  readonly literal: SqlLiteral;
  /** The columns that it gives; absent where the schema refuses it. */
  readonly columns?: readonly StatementColumn[];
  /** The database's message, where it does. */
  readonly error?: string;
}

export interface StatementColumn {
  readonly name: string;
  readonly type: TypeRef;
  /** Whether the column of a table that it is may not be null; undefined where it is none. */
  readonly notNull: boolean | undefined;
  /** Its default there. */
  readonly default?: string;
  readonly generated?: Column['generated'];
}

/** The statements that fill each model. */
export type Fills = ReadonlyMap<DeclaredModel, readonly DescribedStatement[]>;

/** The statements that give rows, by the models that they fill. */
export function fillsOf(models: readonly DeclaredModel[], described: readonly DescribedStatement[]): Fills {
  const giving = described.filter(({ columns }) => columns?.length !== 0);
  return statementsOf(models, giving, ({ literal }) => literal);
}

/**
 * Findings for models beside the columns of the statements that fill them: that is what is read, whatever table they
 * are about.
 */
export function statementMismatches(mapped: readonly MappedModel[], fills: Fills, context: Context): readonly Draft[] {
  // Several models may have the name that a refused statement is read into.
  const refused = new Set<string>();
  return mapped.flatMap((one) => {
    const drafts = (fills.get(one.model) ?? []).flatMap((statement) => mismatches(one, statement, context));
    // Several statements that lack the same are one finding.
    const lacking = new Set<string>();
    return drafts.filter(({ rule, column, field, kind, subject, file }) => {
      const seen = subject === undefined ? lacking : refused;
      const key = JSON.stringify([rule, column, field, kind, subject, subject && [one.model.name, file]]);
      return !seen.has(key) && seen.add(key) !== undefined;
    });
  });
}

function mismatches(
  { model, relation }: MappedModel,
  { literal, columns, error }: DescribedStatement,
  context: Context,
): readonly Draft[] {
  const place = `${literal.file}:${literal.line}`;
  if (error !== undefined && isAboutTool(error)) return [];
  if (error !== undefined || !columns)
    return [
      {
        ...refusalOf({ literal, error }, `, which ${model.name} is read from`, context),
        model,
      },
    ];
  // An `impl FromRow` may convert the values that it takes out of a row; `query_as!` and `sql_query` do not call it.
  if (model.role.kind === 'other' && !model.isInline && !literal.converts && model.profile !== 'diesel') return [];
  const columnOf = readColumns(model, literal, columns);
  const table = relation ? shownName(relation) : undefined;
  const found = model.fields
    .filter(({ skipped, ofStatement }) => skipped === undefined || ofStatement)
    .flatMap((field, index): readonly Draft[] => {
      const column = columnOf(field, index);
      if (column) {
        const isOfTable = relation?.columns.some(({ name }) => name === annotation(column.name, literal).name);
        const at = isOfTable ? {} : { statement: place };
        const drafts = fieldMismatches({ model, field, column, table: table ?? place, ...at, literal }, context);
        return table === undefined ? drafts.map(({ table: _, ...draft }) => draft) : drafts;
      }
      if (field.mayLack) return [];
      const draft = lacking(model, field, place, table);
      const isLoose = literal.loose && (model.isInline || storedFields([field], relation) > 0);
      return [isLoose ? { ...draft, severity: 'warning' } : draft];
    });
  return foldLacking(found, model, place);
}

/** How many fields that a statement lacks are a finding each. */
const mostLacking = 3;

/** One finding for the many fields that a statement lacks: it gives the rows of another type. */
function foldLacking(drafts: readonly Draft[], model: DeclaredModel, place: string): readonly Draft[] {
  const lacking = drafts.filter(({ rule }) => rule === 'extra-field');
  const [first] = lacking;
  if (!first || lacking.length <= mostLacking) return drafts;
  const isError = lacking.some(({ severity }) => severity === 'error');
  const names = listed(lacking, ({ field = '' }) => field);
  const message = `${lacking.length} fields of ${model.name} are no columns of the statement at ${place}, which fills the model: ${names}.`;
  const fix = 'Select them there, or give its rows a type of their own';
  return [
    { ...first, severity: isError ? 'error' : 'warning', message, fix },
    ...drafts.filter(({ rule }) => rule !== 'extra-field'),
  ];
}

/** Finds the column of a statement that is read into a field: the one of its name, or, of a tuple, of its position. */
function readColumns(
  model: DeclaredModel,
  literal: SqlLiteral,
  columns: readonly StatementColumn[],
): (field: DeclaredField, index: number) => StatementColumn | undefined {
  if (model.isTuple) return (_, index) => columns[index];
  const given = new Map(columns.map((column) => [annotation(column.name, literal).name, column]));
  const plain = new Map([...given].map(([name, column]) => [plainName(name), column]));
  // Where a name with an underscore or a capital is read as it is, nothing maps `created_at` to `createdAt`.
  const isMixed = model.fields.some(({ name }) => /[_A-Z]/.test(name) && given.has(name));
  const anyCase = languageOf(model).anyCase && !isMixed;
  return ({ name, column }) => {
    // `query_as!` builds the struct by the names of its fields; attributes are for `FromRow`.
    const wanted = literal.converts ? name : (column?.name ?? name);
    return given.get(wanted) ?? (anyCase ? plain.get(plainName(wanted)) : undefined);
  };
}

/** A field and the column of a statement that is read into it. */
export interface ReadPair {
  readonly field: DeclaredField;
  readonly column: StatementColumn;
}

/** What the driver of TypeScript reads into types that are written where statements are read. */
export function inlinePairs(fills: Fills): readonly ReadPair[] {
  return [...fills].flatMap(([model, statements]) => {
    if (!model.isInline || model.profile !== 'typescript') return [];
    return statements.flatMap(({ literal, columns = [] }) => {
      const columnOf = readColumns(model, literal, columns);
      return model.fields.flatMap((field, index) => {
        const column = columnOf(field, index);
        return column ? [{ field, column }] : [];
      });
    });
  });
}

function lacking(model: DeclaredModel, field: DeclaredField, place: string, table: string | undefined): Draft {
  const wanted = model.isTuple ? 'one column more' : (field.column?.name ?? field.name);
  return {
    rule: 'extra-field',
    severity: 'error',
    ...(table === undefined ? {} : { table }),
    model,
    kind: 'unknown',
    field: field.name,
    message: `${shownField(model, field)} is not a column of the statement at ${place}, which fills the model.`,
    ...placeOfField(field),
    fix: `Select ${wanted} there, or remove the field`,
  };
}

/** Findings for refused statements that fill none of the models: those of `query!`, or of a type of another crate. */
export function refusedAlone(
  described: readonly DescribedStatement[],
  fills: Fills,
  declared: Declared,
  context: Context,
): readonly Draft[] {
  const told = new Set([...fills.values()].flat());
  const own = new Set(ownStatements(declared));
  return described.flatMap((statement): readonly Draft[] => {
    const { literal, error } = statement;
    if (error === undefined || told.has(statement) || !own.has(literal) || isAboutTool(error)) return [];
    return [refusalOf(statement, '', context)];
  });
}

/**
 * Whether a statement fails for the lack of a table that a migration tool makes: `"_sqlx_migrations" does not exist`.
 */
function isAboutTool(error: string): boolean {
  return isToolTable(missingRelation(error)?.split('.').at(-1) ?? '');
}

interface Pair extends Pick<FieldScope, 'model' | 'table' | 'statement'> {
  readonly field: DeclaredField;
  readonly column: StatementColumn;
  readonly literal: SqlLiteral;
}

function fieldMismatches({ field, column, literal, ...pair }: Pair, context: Context): readonly Draft[] {
  const { name, notNull, typed } = annotation(column.name, literal);
  // A row without a partner in an outer join has nulls in columns that are never null in their table.
  const isOuter = field.type.nullable && /\b(?:left|right|full)\s+(?:outer\s+)?join\b/i.test(literal.sql);
  const may = notNull ?? (isOuter ? false : column.notNull) ?? !field.type.nullable;
  const filled = {
    ...(column.default === undefined ? {} : { default: column.default }),
    ...(column.generated === undefined ? {} : { generated: column.generated }),
  };
  const profile = languageOf(pair.model).profileOf(pair.model, context.settings);
  const drafts = compareField(
    { ...pair, profile, isDerived: false, doubts: context.doubts, nulled: context.nulled },
    { name, type: column.type, notNull: may || (!field.type.nullable && isNeverNull(literal.sql, name)), ...filled },
    field,
    context.readType(column.type),
  );
  const told = isOpen(literal)
    ? drafts.map((draft) => (draft.rule === 'nullability-mismatch' ? asWarning(draft) : draft))
    : drafts;
  // Who says the type in the statement has it checked by the compiler; whether it may be null, the column says.
  const isUntyped = typed || saysNull(literal.sql, name);
  return isUntyped ? told.filter(({ rule }) => rule === 'nullability-mismatch') : told;
}

/** Whether a statement gives null for a column, `NULL AS rating`, which PostgreSQL calls a text. */
const saysNull = (sql: string, column: string) =>
  new RegExp(String.raw`\bnull\s+as\s+"?${column.replace(/\W/g, '.')}\b`, 'i').test(sql);

const isNeverNull = (sql: string, column: string) => dropsNull(sql, column) || setsValue(sql, column);

/** Whether a condition of a template is only known at run time, which may filter nulls: `WHERE ${conditions}`. */
function isOpen({ templated, sql }: SqlLiteral): boolean {
  return (
    templated === true && /\b(?:where|and)\s+\$\d+(?=\s*(?:$|\)|;|\b(?:and|order|group|limit|returning)\b))/i.test(sql)
  );
}

/** The parts of a column's name, as macros of sqlx read it: `"total!: i64"` is never null. For calls it is all a name. */
function annotation(written: string, { converts }: SqlLiteral): { name: string; notNull?: boolean; typed?: true } {
  if (!converts) return { name: written };
  const [, name = written, sign, typed] = /^([^!?:]+)([!?])?(\s*:.*)?$/s.exec(written) ?? [];
  return {
    name: name.trim(),
    ...(sign === undefined ? {} : { notNull: sign === '!' }),
    ...(typed === undefined ? {} : { typed: true }),
  };
}
