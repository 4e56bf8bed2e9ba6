import { createHash } from 'node:crypto';
import { onceForEachName } from '../catalog/collections.js';
import { startsIdentifier, withoutForeign } from './identifier.js';

/** `tasker_named_tasks` → `TaskerNamedTasks`. */
export const pascalCase = onceForEachName((name) => toIdentifier(words(name).map(capitalize).join(''), name));

/** `task_id` → `taskId`, `HTMLBody` → `htmlBody`. A name in capitals alone is read as one without: `URL` → `url`. */
export const camelCase = onceForEachName((name) => {
  const [first = '', ...others] = words(isCapitals(name) ? name.toLowerCase() : name);
  return toIdentifier([uncapitalize(first), ...others.map(capitalize)].join(''), name);
});

/** Whether a name has capitals and no small letter. */
const isCapitals = (name: string) => !/[a-z]/.test(name) && name === name.toUpperCase();

/** The field's name for a column: in camelCase, and not one that every object has, such as `constructor`. */
export function fieldName(column: string): string {
  const name = camelCase(column);
  return name in {} ? `${name}_` : name;
}

/**
 * `NamedTask` → `named-task`: lower case, and with letters composed as in NFC, so that file names differ on every file
 * system.
 */
function kebabCase(name: string): string {
  return words(name).join('-').normalize('NFC').toLowerCase();
}

/**
 * A file's name for a name in PascalCase or snake_case, without extension. Device names of Windows,
 * https://learn.microsoft.com/windows/win32/fileio/naming-a-file, cannot be files there.
 */
export function fileName(name: string): string {
  const file = kebabCase(name);
  return /^(con|prn|aux|nul|com\d|lpt\d)$/.test(file) || file === '' ? `${file}_` : file;
}

/** The name of a file as a disk may compare it: many ignore case, and some how an accent is written. */
export function nameOnDisk(file: string): string {
  return file.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

/**
 * A name as nearly every one is spelled, in snake_case, camelCase or PascalCase. Looking for it first spares the tables
 * of letters of all scripts, which take V8 milliseconds to build.
 */
const plain = /^[A-Z]?[a-z][a-z0-9]*(?:_[a-z0-9]+|[A-Z][a-z][a-z0-9]*)*$/;

/** A name in snake_case, as most are: it is split at its underscores, without a regular expression. */
const snake = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;

/**
 * The words of a name. Underscores, spaces and punctuation separate them, and a capital begins one. An acronym stays
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

/** Types that belong to a function are called like it: `searchTasks` → `SearchTasks`, for `SearchTasksRow`. */
export const typeNameOf = (name: string): string => capitalize(name);

/** A word that begins with a small letter; an acronym has small letters alone. */
function uncapitalize(word: string): string {
  const isAcronym = word.length > 1 && isCapitals(word);
  return isAcronym ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1);
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/**
 * The identifier for a name whose words were joined. One that lost other characters than separators gets a short hash
 * of the original, so that `a"b` and `a'b` do not get the same name, and do not depend on each other either.
 */
function toIdentifier(joined: string, original: string): string {
  if (plain.test(original)) return joined;
  const identifier = withoutForeign(joined);
  const lostMore = /[^\p{L}\p{Mn}\p{Mc}\p{Nd}$_\s.-]/u.test(original) || identifier !== joined || joined === '';
  const named = lostMore ? `${identifier}_${shortHash(original)}` : identifier;
  return startsIdentifier(named) ? named : `_${named}`;
}

/** Six hexadecimal digits that stand for a name. */
export function shortHash(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 6);
}
