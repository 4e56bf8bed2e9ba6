import type { Column } from '../catalog/catalog.js';
import type { Pairing } from './checks/pairing.js';
import type { DeclaredField } from './declared.js';
import type { Finding } from './finding.js';
import { fieldName, spellAttribute, spellField } from './spelling.js';

/**
 * The model as its table needs it, to paste: columns in the table's order with their right types; what is no column stays, as a
 * comment. Undefined where the model has no findings that a text could mend.
 */
export function suggestModel(pairing: Pairing, findings: readonly Finding[]): string | undefined {
  const { model, relation, table } = pairing;
  const own = findings.filter((finding) => finding.model === model.name && finding.table === table && finding.file === model.file);
  if (!own.some(({ rule }) => mendable.has(rule))) return undefined;
  const pairs = new Map([...pairing.exact, ...pairing.renames.filter(({ certainty }) => certainty !== 'possible')].map(({ column, field }) => [column, field]));
  const lines = relation.columns.flatMap((column) => fieldLines(pairing, column, pairs.get(column), own));
  const doubtful = [...pairing.extra, ...pairing.renames.filter(({ certainty }) => certainty === 'possible').map(({ field }) => field)];
  const kept = doubtful.map(({ name, type }) => `    // ${name}: ${type.text} is no column of ${table}`);
  const [open, close] = model.language === 'rust' ? [`pub struct ${model.name} {`, '}'] : [`export interface ${model.name} {`, '}'];
  const body = model.language === 'rust' ? [...lines, ...kept] : [...lines, ...kept].map((line) => line.replace(/^ {4}/, '  '));
  return [open, ...body, close].join('\n');
}

const mendable: ReadonlySet<string> = new Set(['missing-field', 'extra-field', 'renamed-field', 'type-mismatch', 'nullability-mismatch']);

function fieldLines({ model, mapped }: Pairing, column: Column, field: DeclaredField | undefined, findings: readonly Finding[]): readonly string[] {
  const about = findings.filter((finding) => finding.column === column.name);
  const nullability = about.find(({ rule, expected }) => rule === 'nullability-mismatch' && expected !== undefined);
  const type = nullability?.expected ?? about.find((finding) => finding.expected !== undefined)?.expected ?? field?.type.text;
  // A projection leaves columns out on purpose.
  if (type === undefined || (!field && mapped.status === 'projection')) return [];
  const name = model.language === 'rust' && field?.column?.name === column.name ? field.name : fieldName(model, column.name);
  const attributes = model.language === 'rust' && name !== column.name ? [`    ${attribute(model, column.name)}`] : [];
  return [...attributes, `    ${spellField(model, name, type)}`];
}

function attribute(model: Pairing['model'], column: string): string {
  return spellAttribute(model, column).replace(/^write /, '').replace(/ above it$/, '');
}
