import type { RelationModel } from './model.js';

/** A name as Kysely's CamelCasePlugin gives it to a program, which `toXInsert` does as well: `task_id` → `taskId`. */
export const pluginName = (name: string): string =>
  name.replace(/(?<=_)[^_]/gs, (character) => character.toUpperCase()).replace(/(?<!^)_/g, '');

/**
 * The name that the plugin sends for one of a program: `taskId` → `task_id`. Of a column `line_1` the program has
 * `line1`, which is sent as it is: the plugin cannot name that column.
 */
function sentName(name: string): string {
  const isCapital = (character = '') => character !== character.toLowerCase();
  return name
    .split('')
    .map((character, index, all) => {
      const isWordStart = index > 0 && isCapital(character) && !isCapital(all[index - 1]);
      return isWordStart ? `_${character.toLowerCase()}` : character.toLowerCase();
    })
    .join('');
}

const isNamed = (name: string) => sentName(pluginName(name)) === name;

/** Notes about the tables and columns that a program with the plugin cannot name, in the words of the database. */
export function pluginNotes(relations: readonly RelationModel[]): string[] {
  const tables = relations.flatMap(({ relation: { name }, key }) => (isNamed(name) ? [] : [JSON.stringify(key)]));
  const columns = relations.flatMap(({ key, stored }) =>
    stored.flatMap(({ column }) => (isNamed(column) ? [] : [`${JSON.stringify(column)} of ${key}`])),
  );
  return [...note('tables', tables), ...note('columns', columns)];
}

function note(what: string, listed: readonly string[]): string[] {
  if (listed.length === 0) return [];
  return [
    `Kysely's CamelCasePlugin sends other names for these ${what}, so queries cannot use them: ${listed.join(', ')}. Use their models.`,
  ];
}
