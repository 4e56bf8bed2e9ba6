/**
 * What the functions do that the build makes of rowsmith's own templates, `scripts/templates.ts`: as Handlebars does when it is strict. A
 * lookup comes with the object that it was made in and the name; `this` without them.
 */

/** The text of a value. Throws where there is no such name. */
export function text(found: unknown, within?: object, name?: string): string {
  return typeof found === 'string' ? found : printed(value(found, within, name));
}

/** The value itself. Throws where there is no such name. */
export function value(found: unknown, within?: object, name?: string): unknown {
  if (found === undefined && name !== undefined && !(typeof within === 'object' && name in within)) throw new TypeError(`"${name}" not defined in ${String(within)}`);
  return found;
}

/** Whether to go into an `{{#if}}` or `{{#unless}}`. */
export function flag(found: unknown, helper: string): boolean {
  if (typeof found !== 'boolean') throw needs(helper, 'a boolean', found);
  return found;
}

/** What an `{{#each}}` goes through. */
export function list(found: unknown): readonly unknown[] {
  if (!Array.isArray(found)) throw needs('each', 'an array', found);
  return found;
}

const needs = (helper: string, expected: string, found: unknown): TypeError => new TypeError(`{{#${helper}}} needs ${expected}, got ${typeof found}`);

const printed = (found: unknown): string => (found === null || found === undefined ? '' : String(found));
