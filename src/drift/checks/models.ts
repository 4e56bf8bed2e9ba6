import type { Relation } from '../../catalog/catalog.js';
import { shownName } from '../../report/shown-name.js';
import type { Declared, Unread } from '../declared.js';
import type { Draft } from '../finding.js';
import type { MappedModel } from '../mapped-model.js';
import { isToolTable } from '../tool-tables.js';

/** Relations that have no row model in any language. */
export function withoutModel(relations: readonly Relation[], mapped: readonly MappedModel[]): readonly Relation[] {
  const covered = new Set(
    mapped.filter(({ status }) => status === 'compared' || status === 'projection').map(({ relation }) => relation),
  );
  // Prisma makes the table of a relation between many and many, of which its schema has no model.
  const isJoin = ({ name, columns }: Relation) =>
    /^_\w+$/.test(name) && columns.map((one) => one.name).join() === 'A,B';
  return relations.filter((relation) => !covered.has(relation) && !isToolTable(relation.name) && !isJoin(relation));
}

/** Findings for relations that have no row model. */
export function missingModels(relations: readonly Relation[]): readonly Draft[] {
  return relations.map((relation) => ({
    rule: 'missing-model',
    severity: relation.kind.includes('view') ? 'info' : 'warning',
    table: shownName(relation),
    message: `The ${relation.kind} ${shownName(relation)} has no model.`,
    fix: 'Write a model for it (--fix-suggestions shows one), or ignore it in the config with a reason',
  }));
}

/**
 * Findings for models without a table: an error where the code names a table that is gone, a warning where the model
 * reads rows or is named like several, and information for any other type, which may simply be no model.
 */
export function unmappedModels(mapped: readonly MappedModel[]): readonly Draft[] {
  return mapped
    .filter(({ status }) => status === 'unmapped')
    .map(({ model, reason, ambiguous }) => ({
      rule: 'unmapped-model',
      severity: severityOf(model, ambiguous),
      model,
      message: `The ${model.construct} ${model.name} was not compared: ${reason}.`,
      fix: 'Name its table in an attribute or a doc comment (Maps to `table`), or ignore it',
    }));
}

/** A table that is named and gone is an error: whatever reads or writes it fails. */
function severityOf({ tables, readsRows }: MappedModel['model'], ambiguous: true | undefined): Draft['severity'] {
  if (tables.some(({ mentioned }) => !mentioned) && !ambiguous) return 'error';
  return readsRows || ambiguous ? 'warning' : 'info';
}

export function unreadModels(unread: readonly Unread[]): readonly Draft[] {
  return unread.map(({ name, file, line, reason, broken }) => ({
    rule: 'unread',
    severity: broken ? 'error' : 'warning',
    model: { name, path: name, file, line },
    file,
    line,
    kind: broken ? 'broken' : 'macro',
    message: `${name} was not read: ${reason}.`,
    ...(broken ? { fix: `Fix it, or leave the file out: --exclude '${file}'` } : {}),
  }));
}

/** Declarations of the schema's tables that no reader took: what they hold is not known. */
export function strangeTables({ models, strangers = [] }: Declared, relations: readonly Relation[]): readonly Unread[] {
  const taken = new Set(models.flatMap(({ tables }) => tables.map(({ table }) => table)));
  const known = new Set(relations.map(({ name }) => name));
  return strangers
    .filter(({ table }) => known.has(table) && !taken.has(table))
    .map(({ table, by, file, line }) => ({
      name: table,
      file,
      line,
      reason: `${by} declares the table here, in a way that no reader knows`,
      broken: true,
    }));
}
