import { hash } from 'node:crypto';
import type { Catalog } from './catalog.js';

/** The version of the file format; a reader refuses a newer one. */
export const catalogVersion = 1;

/** The text of `catalog.json`. `notice` says that the file is generated: JSON has no comments. */
export function serializeCatalog(catalog: Catalog, notice: string): string {
  const { plain, laidOut } = new Layout(catalog);
  const head = { generated: notice, version: catalogVersion, fingerprint: fingerprintOf(plain) };
  return `${JSON.stringify(head, undefined, 2).slice(0, -'\n}'.length)},${laidOut.slice('{'.length)}\n`;
}

/** Identifies a catalog by its content: equal catalogs have equal fingerprints, wherever they were read. */
export function fingerprint(catalog: Catalog): string {
  return fingerprintOf(JSON.stringify(catalog));
}

const fingerprintOf = (plain: string) => `sha256:${hash('sha256', plain)}`;

/** list → relation → list: one line for each column, constraint or label, so that a diff reads like the change. */
const expandedDepth = 3;

/** A catalog's text as `JSON.stringify` gives it, and laid out for people: both of the same pieces, made once. */
class Layout {
  plain = '';
  laidOut = '';

  constructor(catalog: Catalog) {
    this.add(catalog, expandedDepth, '\n  ');
  }

  /** `line` begins a line of what stands inside the value. */
  private add(value: unknown, depth: number, line: string): void {
    if (depth < 0 || typeof value !== 'object' || value === null) this.both(JSON.stringify(value));
    else if (Array.isArray(value)) this.addItems(value, depth, line);
    else this.addProperties(value as Readonly<Record<string, unknown>>, depth, line);
  }

  private addItems(items: readonly unknown[], depth: number, line: string): void {
    this.both('[');
    const inner = `${line}  `;
    items.forEach((item, index) => {
      this.begin(index === 0, line);
      this.add(item, depth - 1, inner);
    });
    this.end(']', items.length === 0, line);
  }

  private addProperties(value: Readonly<Record<string, unknown>>, depth: number, line: string): void {
    const keys = Object.keys(value);
    const inner = `${line}  `;
    this.both('{');
    keys.forEach((key, index) => {
      this.begin(index === 0, line);
      this.both(`${JSON.stringify(key)}:`);
      this.laidOut += ' ';
      this.add(value[key], depth - 1, inner);
    });
    this.end('}', keys.length === 0, line);
  }

  private begin(isFirst: boolean, line: string): void {
    if (!isFirst) this.both(',');
    this.laidOut += line;
  }

  private end(bracket: string, isEmpty: boolean, line: string): void {
    if (!isEmpty) this.laidOut += line.slice(0, -'  '.length);
    this.both(bracket);
  }

  private both(text: string): void {
    this.plain += text;
    this.laidOut += text;
  }
}
