import type { Column } from '../catalog/catalog.js';
import type { Pairing } from './checks/pairing.js';
import type { DeclaredField } from './declared.js';
import type { Finding } from './finding.js';
import { groupBy } from './group.js';
import { languageOf } from './languages/languages.js';

/**
 * The corrected model, to be pasted: columns in the table's order with the right types; fields that are no columns stay
 * as comments. Undefined where the model has no findings that a new text fixes.
 * @param own The findings of the model.
 */
export function suggestModel(pairing: Pairing, own: readonly Finding[]): string | undefined {
  const { model, relation, table } = pairing;
  if (!own.some(({ rule }) => mendable.has(rule))) return undefined;
  // Of two fields for one column, the first stands.
  const pairs = new Map(
    [...pairing.exact, ...pairing.renames.filter(({ certainty }) => certainty !== 'possible')]
      .map(({ column, field }) => [column, field] as const)
      .reverse(),
  );
  const ofColumn = groupBy(own, ({ column }) => column);
  const lines = relation.columns.flatMap((column) =>
    fieldLines(pairing, column, pairs.get(column), ofColumn.get(column.name) ?? []),
  );
  const { indent, opening, closing = '}' } = languageOf(model);
  const comments = pairing.extra.map(({ name, type }) => `// ${name}: ${type.text} is not a column of ${table}`);
  return [opening(model), ...[...lines, ...comments].map((line) => indent + line), closing].join('\n');
}

const mendable: ReadonlySet<string> = new Set([
  'missing-field',
  'extra-field',
  'renamed-field',
  'type-mismatch',
  'nullability-mismatch',
]);

function fieldLines(
  { model, mapped }: Pairing,
  column: Column,
  field: DeclaredField | undefined,
  about: readonly Finding[],
): readonly string[] {
  const nullability = about.find(({ rule, expected }) => rule === 'nullability-mismatch' && expected !== undefined);
  const type =
    nullability?.expected ?? about.find((finding) => finding.expected !== undefined)?.expected ?? field?.type.text;
  // A projection leaves columns out on purpose.
  if (type === undefined || (!field && mapped.status === 'projection')) return [];
  const { fieldName, field: spell, attribute } = languageOf(model);
  const name = attribute && field?.column?.name === column.name ? field.name : fieldName(model, column.name);
  const above = name === column.name ? undefined : attribute?.(model, column.name);
  return [...(above === undefined ? [] : [above]), spell(name, type, column.name)];
}

/** Groups findings by model and table, so that all are looked through once. */
export function findingsOfModels(findings: readonly Finding[]): (pairing: Pairing) => readonly Finding[] {
  const key = (table: string | null, model: string | null, file: string | null) => JSON.stringify([table, model, file]);
  const groups = groupBy(findings, ({ table, model, file }) => key(table, model, file));
  return ({ table, model }) => groups.get(key(table, model.name, model.file)) ?? [];
}
