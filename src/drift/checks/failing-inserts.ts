import { shownName } from '../../report/shown-name.js';
import { type Draft, placeOfField } from '../finding.js';
import type { MappedModel } from '../mapped-model.js';
import { plainName } from '../words.js';
import { columnFacts } from './fields.js';
import { isRequired, isUnused } from './inserts.js';
import type { Context } from './pairing.js';

/**
 * Findings for inserts that leave out what every row needs: INSERT statements, and models that the code inserts. Each
 * fails, whether a model has the column or not. What `told` tells already is left out.
 */
export function failingInserts({ catalog, inserts }: Context, told: readonly Draft[]): readonly Draft[] {
  const known = new Set(told.filter(({ severity }) => severity === 'error').map(keyOf));
  const drafts = catalog.relations.flatMap((relation) => {
    const table = shownName(relation);
    const required = relation.columns.filter((column) => isRequired(relation, column));
    return (inserts.get(table) ?? [])
      .filter(({ certain }) => certain)
      .sort((a, b) => Number(a.unused) - Number(b.unused))
      .flatMap(({ named, gives, unused, file, line }) =>
        required
          .filter(({ name }) => !gives.has(plainName(name)))
          .map(
            (column): Draft => ({
              rule: 'insert-missing-required',
              severity: unused ? 'warning' : 'error',
              table,
              column: column.name,
              kind: 'fails',
              file,
              line,
              message: `${sentence(named)} lacks ${table}.${column.name} (${columnFacts(column)}), so that ${unused ? `it would fail: ${inNoUse}` : 'it fails'}.`,
            }),
          ),
      );
  });
  // Several inserts that lack the same are one finding.
  return drafts.filter((draft) => !known.has(keyOf(draft)) && known.add(keyOf(draft)) !== undefined);
}

/** Findings for fields of models that rows are inserted from: those without a column, and those that may be absent. */
export function insertedFields(mapped: readonly MappedModel[]): readonly Draft[] {
  return mapped.flatMap(({ model, relation, status }) => {
    if (!relation || !model.inserts || model.tables.length === 0 || model.takesFrom !== undefined) return [];
    const table = shownName(relation);
    const columns = new Map(relation.columns.map((column) => [plainName(column.name), column]));
    // A type of which anything may be left out, such as a `Partial`, does not say what is set.
    const isOpen = model.fields.every(({ type }) => type.nullable) && model.fields.some(({ type }) => type.absentOnly);
    return model.fields.flatMap((field): readonly Draft[] => {
      const column = columns.get(plainName(field.column?.name ?? field.name));
      const place = { severity: 'error', table, model, field: field.name, ...placeOfField(field) } as const;
      if (!column && status === 'insert' && field.skipped === undefined)
        return [
          {
            ...place,
            severity: isUnused(model) || (isOpen && !model.filled?.includes(field.name)) ? 'warning' : 'error',
            rule: 'extra-field',
            kind: 'written',
            message: `${model.name}.${field.name} is not a column of ${table}, so that ${isUnused(model) ? `an INSERT of it would fail: ${inNoUse}` : 'each INSERT of it fails'}.`,
            fix: `Add the column to the table, or remove ${field.name}`,
          },
        ];
      if (!column || !field.mayOmit || status === 'update' || !isRequired(relation, column)) return [];
      return [
        {
          ...place,
          rule: 'nullability-mismatch',
          // The database, or a trigger that the source lacks, may fill what a form for inserts leaves out.
          severity: model.readsRows ? 'error' : 'warning',
          column: column.name,
          kind: 'may-fail',
          message: `${model.name}.${field.name} may be absent (${field.type.text}), and ${table}.${column.name} is required (${columnFacts(column)}): an INSERT without it fails.`,
        },
      ];
    });
  });
}

const inNoUse = 'no given code inserts rows from it';

const keyOf = ({ table, column }: Draft): string => JSON.stringify([table, column]);

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
