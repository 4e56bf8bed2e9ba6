import { createHash } from 'node:crypto';
import pluralize from 'pluralize';
import { onceForEachName } from '../catalog/collections.js';
import { startsIdentifier, withoutForeign } from './identifier.js';

/** `tasker_named_tasks` → `TaskerNamedTasks`. */
export const pascalCase = onceForEachName((name) => toIdentifier(words(name).map(capitalize).join(''), name));

/** `task_id` → `taskId`. */
export const camelCase = onceForEachName((name) => {
  const [first = '', ...others] = words(name);
  return toIdentifier([first.charAt(0).toLowerCase() + first.slice(1), ...others.map(capitalize)].join(''), name);
});

/** A field's name: in camelCase, and none that every object has, such as `constructor`. */
export function fieldName(column: string): string {
  const name = camelCase(column);
  return name in {} ? `${name}_` : name;
}

/** `NamedTask` → `named-task`: lower case, and with letters composed as in NFC, so that file names differ on every file system. */
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

/** Equal for files that some disk takes for one: many ignore case, and some how an accent is written. */
export function nameOnDisk(file: string): string {
  return file.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

/** The last word in singular: `named_tasks` → `named_task`. */
export function singular(name: string): string {
  return name.replace(/[A-Za-z]+$/, (word) => pluralize.singular(word));
}

/** How nearly every name is spelled, in snake_case, camelCase or PascalCase: no letters of all scripts to look through, which V8 takes milliseconds to learn. */
const plain = /^[A-Z]?[a-z][a-z0-9]*(?:_[a-z0-9]+|[A-Z][a-z][a-z0-9]*)*$/;

/** The spelling of most of them, which needs no regular expression to be taken apart. */
const snake = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;

/**
 * Words are what underscores, spaces and punctuation separate, and what a capital begins. An acronym stays one word:
 * `HTTPServer` → `HTTP`, `Server`.
 */
function words(name: string): string[] {
  if (snake.test(name)) return name.split('_');
  if (plain.test(name)) return name.split(/_|(?=[A-Z])/);
  return name.match(/\p{Lu}+(?!\p{Ll})\p{Nd}*|\p{Lu}?[\p{L}\p{Mn}\p{Mc}\p{Nd}$]+?(?=\p{Lu}|[^\p{L}\p{Mn}\p{Mc}\p{Nd}$]|$)/gu) ?? [];
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/**
 * A name that lost nothing but separators stays as it is. One that lost other characters gets a short hash of the original,
 * so that `a"b` and `a'b` do not meet, and do not depend on each other either.
 */
function toIdentifier(joined: string, original: string): string {
  if (plain.test(original)) return joined;
  const kept = withoutForeign(joined);
  const lost = /[^\p{L}\p{Mn}\p{Mc}\p{Nd}$_\s.-]/u.test(original) || kept !== joined || joined === '';
  const named = lost ? `${kept}_${shortHash(original)}` : kept;
  return startsIdentifier(named) ? named : `_${named}`;
}

/** Six hexadecimal digits that stand for a name. */
export function shortHash(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 6);
}

/**
 * Gives every item a name of its own. An item whose preferred name is another's too takes the next of its candidates; the
 * last resort is a hash of its original. It does not depend on the items' order: all that meet in a name leave it, except
 * one whose original is spelled in the usual way (`foo_bar` keeps `fooBar` from `fooBar`).
 */
export function distinctNames<Item>(items: readonly Item[], original: (item: Item) => string, preferred: (name: string) => string): Map<Item, string> {
  const wanted = new Map<Item, string>();
  const different = new Set<string>();
  for (const item of items) {
    const name = preferred(original(item));
    wanted.set(item, name);
    different.add(name);
  }
  if (different.size === items.length) return wanted;
  const taken = new Map<string, Item[]>();
  for (const [item, name] of wanted) {
    const rivals = taken.get(name);
    if (rivals) rivals.push(item);
    else taken.set(name, [item]);
  }
  const names = new Map<Item, string>();
  for (const [name, rivals] of taken) {
    const usual = rivals.length === 1 ? rivals[0] : rivals.find((item) => /^[a-z0-9]+(_[a-z0-9]+)*$/.test(original(item)));
    for (const item of rivals) names.set(item, item === usual ? name : `${name}_${shortHash(original(item))}`);
  }
  return names;
}

/** Names that a generated module uses itself, so that a model called like one takes the suffix `Model`. */
const reservedModelNames = new Set([
  ...['AliasedExpression', 'ColumnType', 'Expression', 'Generated', 'Insertable', 'Selectable', 'SqlBool', 'Updateable', 'Kysely'],
  ...['Array', 'Buffer', 'Date', 'Error', 'Object', 'Promise', 'Record', 'TypeError', 'Uint8Array', 'DB'],
  ...['AnyDatabase', 'InProcess', 'OnlyFields', 'QueryStart', 'ReadArguments', 'Refine', 'RefusedFields', 'StateCondition', 'StateMachine'],
]);

export function modelName(name: string): string {
  return reservedModelNames.has(name) ? `${name}Model` : name;
}

/** Words that no function can be called; https://tc39.es/ecma262/#prod-ReservedWord and those that strict mode adds. */
const reservedWords = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for ' +
    'function if implements import in instanceof interface let new null package private protected public return static super switch ' +
    'this throw true try typeof undefined var void while with yield sql relation returningFields refuseField jsonText currentState inState notInState ofNewest transition ' +
    'readModel codeField alias db'
  ).split(' '),
);

export function functionName(name: string): string {
  return reservedWords.has(name) ? `${name}_` : name;
}
