import { createHash } from 'node:crypto';
import pluralize from 'pluralize';
import { groupBy, onceForEachName } from '../catalog/collections.js';
import { startsIdentifier, withoutForeign } from './identifier.js';

/** `tasker_named_tasks` → `TaskerNamedTasks`. */
export const pascalCase = onceForEachName((name) => toIdentifier(words(name).map(capitalize).join(''), name));

/** `task_id` → `taskId`. */
export const camelCase = onceForEachName((name) => {
  const [first = '', ...others] = words(name);
  return toIdentifier([first.charAt(0).toLowerCase() + first.slice(1), ...others.map(capitalize)].join(''), name);
});

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

/** A name with its last word in singular: `named_tasks` → `named_task`. */
export function singular(name: string): string {
  return name.replace(/[A-Za-z]+$/, (word) => pluralize.singular(word));
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
function words(name: string): string[] {
  if (snake.test(name)) return name.split('_');
  if (plain.test(name)) return name.split(/_|(?=[A-Z])/);
  return (
    name.match(
      /\p{Lu}+(?!\p{Ll})\p{Nd}*|\p{Lu}?[\p{L}\p{Mn}\p{Mc}\p{Nd}$]+?(?=\p{Lu}|[^\p{L}\p{Mn}\p{Mc}\p{Nd}$]|$)/gu,
    ) ?? []
  );
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

/**
 * A name of its own for every item. Where several items want the same one, each gets a hash of its original behind it,
 * except the first whose original is in snake_case: of `foo_bar` and `fooBar`, both of which want `fooBar`, the first
 * gets it. Which items get a hash does not depend on their order.
 */
export function distinctNames<Item>(
  items: readonly Item[],
  original: (item: Item) => string,
  preferred: (name: string) => string,
): Map<Item, string> {
  const wanted = new Map<Item, string>();
  const different = new Set<string>();
  for (const item of items) {
    const name = preferred(original(item));
    wanted.set(item, name);
    different.add(name);
  }
  if (different.size === items.length) return wanted;
  const names = new Map<Item, string>();
  for (const [name, rivals] of groupBy(items, (item) => wanted.get(item) ?? '')) {
    const isUsual = (item: Item) => rivals.length === 1 || /^[a-z0-9]+(_[a-z0-9]+)*$/.test(original(item));
    const usual = rivals.find(isUsual);
    for (const item of rivals) names.set(item, item === usual ? name : `${name}_${shortHash(original(item))}`);
  }
  return names;
}

/** Names that a generated module uses itself. A model that is called like one gets the suffix `Model`. */
const reservedModelNames = new Set([
  ...[
    'AliasedExpression',
    'ColumnType',
    'Expression',
    'Generated',
    'Insertable',
    'Selectable',
    'SqlBool',
    'Updateable',
    'Kysely',
  ],
  ...['Array', 'Buffer', 'Date', 'Error', 'Object', 'Promise', 'Record', 'TypeError', 'Uint8Array', 'DB'],
  ...[
    'AnyDatabase',
    'InProcess',
    'OnlyFields',
    'QueryStart',
    'ReadArguments',
    'Refine',
    'RefusedFields',
    'ReturningFields',
    'StateCondition',
    'StateMachine',
  ],
]);

export function modelName(name: string): string {
  return reservedModelNames.has(name) ? `${name}Model` : name;
}

/**
 * Words that cannot name a function: what a generated module uses itself, and
 * https://tc39.es/ecma262/#prod-ReservedWord and those that strict mode adds.
 */
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
