import type { RelatedNames } from './model-names.js';
import { fieldName, pascalCase, words } from './names.js';
import type { Wish } from './unique-names.js';

/** A foreign key, as far as names follow from it. */
export interface NamedKey {
  /** The columns that point, and those that they point at. */
  readonly columns: readonly string[];
  readonly references: readonly string[];
  /** The key of the table whose columns point, and what its rows are called. */
  readonly child: string;
  readonly childNames: RelatedNames;
  /** The same of the table that they point at. */
  readonly parent: string;
  readonly parentNames: RelatedNames;
  /** At most one row points at each. */
  readonly unique: boolean;
}

/**
 * The names of the row that a key leads to: `author_id` and `authorId` are `author`, `created_by` is `createdByUser`.
 * A key of several columns is `membership` where they are called like those that they point at, else
 * `membershipByOrgIdUserId`. In full they are `authorIdUser`, or as the database spells them, `author_id_users`.
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
 * The names of the rows whose key leads here: `workflowSteps` where the key is called like the model that it leads to,
 * or its several columns like those that they point at, else `postsByAuthor`. In full they are `postsByAuthorId`, or as
 * the database spells them, `posts_by_author_id`.
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

/** Whether a key of several columns repeats the names of the key that it points at. */
function isCalledAlike(columns: readonly string[], references: readonly string[]): boolean {
  return columns.length > 1 && columns.join('\n') === references.join('\n');
}

/** `author_id`, `authorId` → `author`; undefined for several columns, and for one that does not end with this word. */
function stemOf([column = '', ...others]: readonly string[]): string | undefined {
  const all = words(column);
  if (others.length > 0 || all.length < 2 || all.at(-1)?.toLowerCase() !== 'id') return undefined;
  return column.slice(0, column.toLowerCase().lastIndexOf('id')).replace(/[^\p{L}\p{N}]+$/u, '');
}
