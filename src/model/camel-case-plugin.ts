import type { RelationModel } from './model.js';

/**
 * A name as Kysely's CamelCasePlugin shows it to a program, which is also how `toXInsert` spells it: `task_id` →
 * `taskId`.
 */
export const pluginName = (name: string): string =>
  name.replace(/(?<=_)[^_]/gs, (character) => character.toUpperCase()).replace(/(?<!^)_/g, '');

/**
 * The name that the plugin sends for a name in a program: `taskId` → `task_id`. A column `line_1` is `line1` in the
 * program, which is sent as `line1`: the plugin cannot name that column.
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

/** Notes about the tables and columns that a program with the plugin cannot name, under their database names. */
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
