import type { RelatedNames } from './model-names.js';
import { fieldName, pascalCase, words } from './names.js';
import type { Wish } from './unique-names.js';

/** The parts of a foreign key that determine names. */
export interface NamedKey {
  /** The referencing columns, and the referenced ones. */
  readonly columns: readonly string[];
  readonly references: readonly string[];
  /** The key of the referencing table, and what its rows are called. */
  readonly child: string;
  readonly childNames: RelatedNames;
  /** The same for the referenced table. */
  readonly parent: string;
  readonly parentNames: RelatedNames;
  /** At most one row references each parent. */
  readonly unique: boolean;
}

/**
 * The names of the row that a key references: `author_id` and `authorId` are `author`, `created_by` is `createdByUser`.
 * A key of several columns is `membership` if they have the names of the referenced columns, otherwise
 * `membershipByOrgIdUserId`. The full names are `authorIdUser`, or in the database's spelling, `author_id_users`.
 */
export function parentWish({ columns, references, parent, parentNames: { one } }: NamedKey): Wish {
  const all = columns.join('_');
  const stem = stemOf(columns);
  const several = isCalledAlike(columns, references) ? one : `${one}By${pascalCase(all)}`;
  const plain = columns.length === 1 ? fieldName(stem ?? `${all}_${one}`) : several;
  const names = [plain, fieldName(`${all}_${one}`), `${all}_${parent}`];
  return { names: [...new Set(names)], original: JSON.stringify(['to', columns, parent, references]) };
}

/**
 * The names of the rows whose key references this row: `workflowSteps` if the key is named like the referenced model,
 * or its several columns like the referenced ones; otherwise `postsByAuthor`. The full names are `postsByAuthorId`, or
 * in the database's spelling, `posts_by_author_id`.
 */
export function childrenWish({ columns, references, child, childNames, parentNames, unique }: NamedKey): Wish {
  const base = unique ? childNames.one : childNames.many;
  const all = columns.join('_');
  const stem = stemOf(columns);
  const isLikeParent = stem === undefined ? isCalledAlike(columns, references) : fieldName(stem) === parentNames.one;
  const plain = isLikeParent ? base : `${base}By${pascalCase(stem ?? all)}`;
  const names = [plain, `${base}By${pascalCase(all)}`, `${child}_by_${all}`];
  return { names: [...new Set(names)], original: JSON.stringify(['from', child, columns, references]) };
}

/** Whether a key of several columns repeats the names of the columns that it references. */
function isCalledAlike(columns: readonly string[], references: readonly string[]): boolean {
  return columns.length > 1 && columns.join('\n') === references.join('\n');
}

/**
 * `author_id`, `authorId` → `author`; undefined for several columns, and for one that does not end with the word `id`.
 */
function stemOf([column = '', ...others]: readonly string[]): string | undefined {
  const all = words(column);
  if (others.length > 0 || all.length < 2 || all.at(-1)?.toLowerCase() !== 'id') return undefined;
  return column.slice(0, column.toLowerCase().lastIndexOf('id')).replace(/[^\p{L}\p{N}]+$/u, '');
}
