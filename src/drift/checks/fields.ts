import type { Column, Relation } from '../../catalog/catalog.js';
import type { DeclaredField, DeclaredModel } from '../declared.js';
import type { Draft } from '../finding.js';
import { shownName } from '../../report/shown-name.js';
import { isAt } from '../relation-name.js';
import { fieldName, spellAttribute, spellField } from '../spelling.js';
import { recommendedType } from '../types/compatible.js';
import { plainName, wordsOf } from '../words.js';
import type { Context, Pairing } from './pairing.js';

/** Columns that the model lacks. One that an INSERT cannot leave out is an error. */
export function missingFields({ mapped, model, relation, table, profile, missing }: Pairing, { readType }: Context): readonly Draft[] {
  if (mapped.status === 'projection') return [];
  return missing.map((column) => {
    const type = readType(column.type);
    const expected = recommendedType(type, !column.notNull && !type.refusesNull, profile);
    const required = isRequired(relation, column);
    return {
      rule: 'missing-field',
      severity: required ? 'error' : 'warning',
      table, model, column: column.name,
      message: `${model.name} has no field for ${table}.${column.name} (${columnFacts(column)})${required ? ': no row can be inserted without it' : ''}.`,
      ...(expected === undefined ? {} : { expected, fix: addition(model, column.name, expected) }),
    };
  });
}

function addition(model: DeclaredModel, column: string, type: string): string {
  const field = `Add ${spellField(model, column, type).replace(/[,;]$/, '')}`;
  return model.language === 'rust' && fieldName(model, column) !== column ? `${field}, and ${spellAttribute(model, column)}` : field;
}

/** NOT NULL, and nothing but the INSERT gives it a value. */
export function isRequired({ kind }: Relation, { notNull, default: byDefault, identity, generated }: Column): boolean {
  return notNull && byDefault === undefined && identity === undefined && generated === undefined && !kind.includes('view');
}

export function columnFacts({ type, notNull, default: byDefault }: Column): string {
  return [type.sql, notNull ? 'not null' : 'nullable', ...(byDefault === undefined ? [] : [`default ${byDefault}`])].join(', ');
}

/** Fields that are no columns, with where they come from. */
export function extraFields(pairing: Pairing, context: Context): readonly Draft[] {
  const { model, table } = pairing;
  return pairing.extra.map((field) => {
    const { kind, severity, because } = originOf(field, pairing, context);
    return {
      rule: 'extra-field',
      severity, table, model, kind,
      field: field.name,
      message: `${model.name}.${field.name} is no column of ${table}: ${because}.`,
      line: field.line,
      fix: extraFix(kind, field.name),
    };
  });
}

interface Origin {
  readonly kind: 'declared' | 'written' | 'derived' | 'unknown';
  readonly severity: Draft['severity'];
  readonly because: string;
}

/** The most certain evidence first: what the config says, then what the model's own SQL does, then what the schema suggests. */
function originOf(field: DeclaredField, { model, relation, table }: Pairing, context: Context): Origin {
  if (context.settings.computed.some((computed) => computed.table === table && plainName(computed.field) === plainName(field.name))) {
    return { kind: 'declared', severity: 'info', because: 'the config declares it as computed' };
  }
  const written = field.column?.name ?? field.name;
  const write = context.writes.get(model.file)?.find((candidate) => isAt(relation, candidate.table) && candidate.columns.includes(written));
  if (write) return { kind: 'written', severity: 'error', because: `yet the SQL at ${write.file}:${write.line} writes it` };
  const evidence = derivation(field, relation, context);
  if (evidence !== undefined) return { kind: 'derived', severity: 'info', because: `it seems to be derived from ${evidence}` };
  return { kind: 'unknown', severity: 'warning', because: 'nothing in the schema, the config or its SQL tells where it comes from' };
}

function extraFix(kind: Origin['kind'], field: string): string {
  if (kind === 'written') return `Add the column ${field} to the table, or take it out of the statement and the model`;
  if (kind === 'declared') return `Read ${field} from the generated model, and keep it apart from the stored fields`;
  return `Keep ${field} apart from the stored fields (declare it as computed in the config), or remove it`;
}

/** A table of transitions explains a state and what belongs to the newest row; a view or a function explains what it returns. */
function derivation(field: DeclaredField, relation: Relation, { catalog, referrers }: Context): string | undefined {
  const words = wordsOf(field.column?.name ?? field.name);
  const transitions = referrers.get(shownName(relation))?.find(({ columns }) => columns.some(({ name }) => name === 'to_state'));
  if (transitions) {
    const name = shownName(transitions);
    const has = (column: string) => transitions.columns.some((candidate) => candidate.name === column);
    if (words.length <= 2 && ['state', 'status'].includes(words.at(-1) ?? '')) return `${name}.to_state`;
    const newest = words.join(' ').startsWith('most recent') || ['last', 'latest', 'newest'].includes(words[0] ?? '');
    if (newest && has('metadata') && words.includes('error')) return `the metadata of the newest row of ${name}`;
  }
  const name = plainName(field.name);
  const keys = relation.primaryKey?.columns ?? [];
  const returns = (columns: readonly string[]) => keys.length > 0 && keys.every((key) => columns.includes(key)) && columns.some((column) => plainName(column) === name);
  const view = catalog.relations.find((candidate) => candidate.kind.includes('view') && candidate !== relation && returns(candidate.columns.map((column) => column.name)));
  if (view) return `the view ${shownName(view)}`;
  const routine = catalog.functions.find((candidate) => returns(candidate.arguments.filter(({ mode }) => mode !== 'in' && mode !== 'variadic').map((argument) => argument.name ?? '')));
  return routine ? `the function ${shownName(routine)}` : undefined;
}

export function renamedFields({ model, table, renames }: Pairing): readonly Draft[] {
  return renames.map(({ column, field, certainty, score, reason }) => ({
    rule: 'renamed-field',
    severity: certainty === 'possible' ? 'info' : 'error',
    table, model,
    column: column.name,
    field: field.name,
    kind: certainty,
    message: `${model.name}.${field.name} ${certainty === 'confirmed' ? 'is' : certainty === 'likely' ? 'is probably' : 'may be'} ${table}.${column.name} under another name (score ${score.toFixed(2)}: ${reason}).`,
    line: field.line,
    fix: certainty === 'possible' ? `Confirm or deny it in the config (drift.renames)` : `Rename it to ${column.name}, or ${spellAttribute(model, column.name)}`,
  }));
}
