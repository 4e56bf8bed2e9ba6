import { createHash } from 'node:crypto';
import type { Catalog } from './catalog.js';

/** The version of the file format; a reader refuses a newer one. */
export const catalogVersion = 1;

/** The text of `catalog.json`. `notice` says that the file is generated: JSON has no comments. */
export function serializeCatalog(catalog: Catalog, notice: string): string {
  const document = { generated: notice, version: catalogVersion, fingerprint: fingerprint(catalog), ...catalog };
  // Put together once: of thousands of tables, each text on the way would be as long as the whole.
  const pieces = Object.entries(document).flatMap(([key, value], index) => {
    const start = `${index === 0 ? '{' : ','}\n  ${JSON.stringify(key)}: `;
    if (!Array.isArray(value) || value.length === 0) return [start, stringify(value, expandedDepth - 1, '  ')];
    return [start, ...value.map((item, at) => `${at === 0 ? '[' : ','}\n    ${stringify(item, expandedDepth - 2, '    ')}`), '\n  ]'];
  });
  return [...pieces, '\n}\n'].join('');
}

/** Identifies a catalog by its content, its text as JSON: equal catalogs have equal fingerprints, wherever they were read. */
export function fingerprint(catalog: Catalog): string {
  const hash = createHash('sha256');
  // A file that is read may hold anything.
  const entries = Object.entries(catalog).filter(([, value]) => value !== undefined);
  entries.forEach(([key, value]: [string, unknown], index) => {
    hash.update(`${index === 0 ? '{' : ','}${JSON.stringify(key)}:`);
    if (Array.isArray(value) && value.length > 0) {
      value.forEach((item: unknown, at) => hash.update(`${at === 0 ? '[' : ','}${JSON.stringify(item)}`));
      hash.update(']');
    } else {
      hash.update(JSON.stringify(value));
    }
  });
  return `sha256:${hash.update(entries.length === 0 ? '{}' : '}').digest('hex')}`;
}

/** document → list → relation → list: one line for each column, constraint or label, so that a diff reads like the change. */
const expandedDepth = 4;

function stringify(value: unknown, depth: number, indent = ''): string {
  if (depth === 0 || typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value) && value.length === 0) return '[]';
  const inner = `${indent}  `;
  const entries = Array.isArray(value)
    ? value.map((item) => stringify(item, depth - 1, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${stringify(item, depth - 1, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return entries.length === 0 ? `${open}${close}` : `${open}\n${inner}${entries.join(`,\n${inner}`)}\n${indent}${close}`;
}
