import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Declared, Unread } from './declared.js';
import type { SqlLiteral } from './declared-statement.js';
import { readOne } from './files.js';

/**
 * Declarations with the texts of the SQL files that the code names: `query_file_as!(Task, "queries/tasks.sql")`. sqlx
 * looks for them from the crate's folder, and `include_str!` from that of the code. A file that cannot be read is listed,
 * since its statement was not checked.
 */
export async function withSqlFiles(declared: Declared, folder: string): Promise<Declared> {
  const read = await Promise.all(declared.literals.map((literal) => withText(literal, folder)));
  return {
    ...declared,
    literals: read.map(({ literal }) => literal),
    unread: [...declared.unread, ...read.flatMap(({ unread }) => unread ?? [])],
  };
}

async function withText(
  literal: SqlLiteral,
  folder: string,
): Promise<{ readonly literal: SqlLiteral; readonly unread?: Unread }> {
  const { path, dynamic: _, ...known } = literal;
  if (path === undefined) return { literal };
  const { file, line } = known;
  const without = (reason: string) => ({ literal, unread: { name: path.name, file, line, reason, broken: false } });
  const code = dirname(resolve(folder, file));
  const crate = crateOf(code);
  if (crate === undefined) return without('no folder above has a Cargo.toml');
  const target = resolve(path.from === 'crate' ? crate : code, path.name);
  // A path that leaves the crate may name any file of the machine.
  const inside = relative(crate, target);
  if (isAbsolute(inside) || inside.startsWith('..')) return without('it is outside of the crate');
  if (!existsSync(target)) return without('the crate has no such file');
  const found = await readOne(target, path.name);
  return 'reason' in found ? without(found.reason) : { literal: { ...known, sql: found.text } };
}

/** The nearest folder, upwards, that has a Cargo.toml. */
function crateOf(folder: string): string | undefined {
  if (existsSync(join(folder, 'Cargo.toml'))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : crateOf(above);
}
