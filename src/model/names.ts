import { createHash } from 'node:crypto';
import { onceForEachName } from '../catalog/collections.js';
import { startsIdentifier, withoutForeign } from './identifier.js';

/** `tasker_named_tasks` → `TaskerNamedTasks`. */
export const pascalCase = onceForEachName((name) => toIdentifier(words(name).map(capitalize).join(''), name));

/** `task_id` → `taskId`, `HTMLBody` → `htmlBody`. A name in all capitals is lowercased first: `URL` → `url`. */
export const camelCase = onceForEachName((name) => {
  const [first = '', ...others] = words(isCapitals(name) ? name.toLowerCase() : name);
  return toIdentifier([uncapitalize(first), ...others.map(capitalize)].join(''), name);
});

/** Whether a name has capitals and no lowercase letters. */
const isCapitals = (name: string) => !/[a-z]/.test(name) && name === name.toUpperCase();

/** The name of the field for a column: in camelCase, and not a property of every object, such as `constructor`. */
export function fieldName(column: string): string {
  const name = camelCase(column);
  return name in {} ? `${name}_` : name;
}

/**
 * `NamedTask` → `named-task`: lowercase, and with letters composed as in NFC, so that file names are distinct on every
 * file system.
 */
function kebabCase(name: string): string {
  return words(name).join('-').normalize('NFC').toLowerCase();
}

/**
 * The file name, without extension, for a name in PascalCase or snake_case. Windows does not allow device names as
 * files: https://learn.microsoft.com/windows/win32/fileio/naming-a-file.
 */
export function fileName(name: string): string {
  const file = kebabCase(name);
  return /^(con|prn|aux|nul|com\d|lpt\d)$/.test(file) || file === '' ? `${file}_` : file;
}

/** A file name as a disk may compare it: many ignore case, and some ignore how an accent is composed. */
export function nameOnDisk(file: string): string {
  return file.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

/**
 * A name in ordinary snake_case, camelCase or PascalCase. Testing for it first avoids the Unicode letter tables, which
 * take V8 milliseconds to build.
 */
const plain = /^[A-Z]?[a-z][a-z0-9]*(?:_[a-z0-9]+|[A-Z][a-z][a-z0-9]*)*$/;

/** A name in snake_case, like most names: it is split at its underscores, without a regular expression. */
const snake = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;

/**
 * The words of a name. Underscores, spaces and punctuation separate them, and a capital starts one. An acronym stays
 * one word: `HTTPServer` → `HTTP`, `Server`.
 */
export function words(name: string): string[] {
  if (snake.test(name)) return name.split('_');
  if (plain.test(name)) return name.split(/_|(?=[A-Z])/);
  return (
    name.match(
      /\p{Lu}+(?!\p{Ll})\p{Nd}*|\p{Lu}?[\p{L}\p{Mn}\p{Mc}\p{Nd}$]+?(?=\p{Lu}|[^\p{L}\p{Mn}\p{Mc}\p{Nd}$]|$)/gu,
    ) ?? []
  );
}

/** What the types of a function are named after: `searchTasks` → `SearchTasks`, for `SearchTasksRow`. */
export const typeNameOf = (name: string): string => capitalize(name);

/** A word with a lowercase first letter; an acronym is all lowercase. */
function uncapitalize(word: string): string {
  const isAcronym = word.length > 1 && isCapitals(word);
  return isAcronym ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1);
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/**
 * The identifier for a name whose words were joined. If it lost characters other than separators, it gets a short hash
 * of the original, so that `a"b` and `a'b` get different names that do not depend on each other.
 */
function toIdentifier(joined: string, original: string): string {
  if (plain.test(original)) return joined;
  const identifier = withoutForeign(joined);
  const lostMore = /[^\p{L}\p{Mn}\p{Mc}\p{Nd}$_\s.-]/u.test(original) || identifier !== joined || joined === '';
  const named = lostMore ? `${identifier}_${shortHash(original)}` : identifier;
  return startsIdentifier(named) ? named : `_${named}`;
}

/** Six hexadecimal digits that represent a name. */
export function shortHash(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 6);
}
