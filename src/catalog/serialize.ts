import { createHash, hash } from 'node:crypto';
import type { Catalog } from './catalog.js';

/** The version of the file format; a reader refuses a newer one. */
export const catalogVersion = 1;

/** The text of `catalog.json`. `notice` says that the file is generated: JSON has no comments. */
export function serializeCatalog(catalog: Catalog, notice: string): string {
  const { fingerprint, pieces } = new Layout().of(catalog);
  const head = JSON.stringify({ generated: notice, version: catalogVersion, fingerprint }, undefined, 2);
  return [head.slice(0, -'\n}'.length), ',', ...pieces, '\n'].join('');
}

/**
 * Identifies a catalog by its content, its text as JSON: equal catalogs have equal fingerprints, wherever they were
 * read.
 */
export function fingerprint(catalog: Catalog): string {
  return spelled(hash('sha256', JSON.stringify(catalog)));
}

const spelled = (digest: string) => `sha256:${digest}`;

/** list → relation → list: one line for each column, constraint or label, so that a diff reads like the change. */
const expandedDepth = 3;

/**
 * A catalog's text as `JSON.stringify` gives it, of which the fingerprint is made, and laid out for people: both of the
 * same tokens, made once. Of thousands of tables either text is long, so neither is held more often than once.
 */
class Layout {
  private readonly plain: string[] = [];
  private readonly laidOut: string[] = [];
  private readonly pieces: string[] = [];
  private readonly hash = createHash('sha256');

  /** The pieces are those after the first brace. */
  of(catalog: Catalog): { readonly fingerprint: string; readonly pieces: readonly string[] } {
    this.plain.push('{');
    this.addProperties(catalog, expandedDepth, '\n  ');
    this.flush();
    return { fingerprint: spelled(this.hash.digest('hex')), pieces: this.pieces };
  }

  /** `line` begins a line of what stands inside the value. */
  private add(value: unknown, depth: number, line: string): void {
    if (depth < 0 || typeof value !== 'object' || value === null) {
      this.both(JSON.stringify(value));
      return;
    }
    const isList = Array.isArray(value);
    this.both(isList ? '[' : '{');
    if (isList) this.addItems(value, depth, line);
    else this.addProperties(value, depth, line);
  }

  private addItems(items: readonly unknown[], depth: number, line: string): void {
    const inner = `${line}  `;
    items.forEach((item, index) => {
      this.begin(index === 0, line);
      this.add(item, depth - 1, inner);
      if (depth === expandedDepth - 1) this.flush();
    });
    this.end(']', items.length === 0, line);
  }

  private addProperties(value: object, depth: number, line: string): void {
    const properties = Object.entries(value);
    const inner = `${line}  `;
    properties.forEach(([key, item], index) => {
      this.begin(index === 0, line);
      this.both(`${JSON.stringify(key)}:`);
      this.laidOut.push(' ');
      this.add(item, depth - 1, inner);
    });
    this.end('}', properties.length === 0, line);
  }

  private begin(isFirst: boolean, line: string): void {
    if (!isFirst) this.both(',');
    this.laidOut.push(line);
  }

  private end(bracket: string, isEmpty: boolean, line: string): void {
    if (!isEmpty) this.laidOut.push(line.slice(0, -'  '.length));
    this.both(bracket);
  }

  private both(text: string): void {
    this.plain.push(text);
    this.laidOut.push(text);
  }

  private flush(): void {
    this.hash.update(this.plain.join(''));
    this.pieces.push(this.laidOut.join(''));
    this.plain.length = 0;
    this.laidOut.length = 0;
  }
}
