import { createHash, hash } from 'node:crypto';
import type { Catalog } from './catalog.js';

/** The version of the file format. A reader refuses any other. */
export const catalogVersion = 1;

/** The text of `catalog.json`. `notice` states that the file is generated, because JSON has no comments. */
export function serializeCatalog(catalog: Catalog, notice: string): string {
  const { fingerprint, pieces } = new Layout().of(catalog);
  const head = JSON.stringify({ generated: notice, version: catalogVersion, fingerprint }, undefined, 2);
  return [head.slice(0, -'\n}'.length), ',', ...pieces, '\n'].join('');
}

/**
 * The fingerprint of a catalog: a digest of its text as JSON. Equal catalogs have equal fingerprints, wherever they
 * were read.
 */
export function fingerprint(catalog: Catalog): string {
  return spelled(hash('sha256', JSON.stringify(catalog)));
}

const spelled = (digest: string) => `sha256:${digest}`;

/**
 * How many levels have a line for each item: list, relation, list. Each column, constraint or label is thus on a line
 * of its own, so that a diff of the file reads like the change.
 */
const expandedDepth = 3;

/**
 * Writes a catalog in two layouts at once: the compact one of `JSON.stringify`, for the fingerprint, and one for
 * people. Both have the same tokens, and each token is created once. With thousands of tables each text is long, so
 * neither is held in memory twice.
 */
class Layout {
  private readonly plain: string[] = [];
  private readonly laidOut: string[] = [];
  private readonly pieces: string[] = [];
  private readonly hash = createHash('sha256');

  /** Returns the fingerprint, and the text after the first brace in pieces. */
  of(catalog: Catalog): { readonly fingerprint: string; readonly pieces: readonly string[] } {
    this.plain.push('{');
    this.addProperties(catalog, expandedDepth, '\n  ');
    this.flush();
    return { fingerprint: spelled(this.hash.digest('hex')), pieces: this.pieces };
  }

  /** Adds a value. `line` is a line break with the indentation of the value's contents. */
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
