import type { SourceText } from '../../declared.js';
import { groupBy } from '../../group.js';
import { crateFolder } from './crates.js';

/** The folders of crates that reach their databases through sqlx's driver `Any` alone. */
export function anyDriven(files: readonly SourceText[]): ReadonlySet<string> {
  const crates = groupBy(files, ({ file }) => crateFolder(file));
  const has = (own: readonly SourceText[], name: RegExp) => own.some(({ text }) => name.test(text));
  return new Set([...crates].flatMap(([crate, own]) => (has(own, anyPool) && !has(own, ofPostgres) ? [crate] : [])));
}

const anyPool = /\bAny(?:Pool|Connection)\b|\bPool<\s*(?:\w+::)*Any\s*>/;
const ofPostgres = /\bPg(?:Pool|Connection|Row)\b|\bPool<\s*(?:\w+::)*Postgres\s*>/;
