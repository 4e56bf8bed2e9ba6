import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { objectIn, readJsonObject } from '../config/jsonc.js';
import { addLine, type FileEdit } from './file-edits.js';
import { type Project, readIfThere } from './project.js';

/** Edits that keep formatters and linters away from the output, and what is left to do by hand. */
export interface Ignores {
  readonly edits: readonly FileEdit[];
  readonly notes: readonly string[];
}

/**
 * Leaves the output folder out of the formatters and linters that a project has: what they change, `check` takes for
 * stale.
 */
export async function ignoreOutput(project: Project, out: string): Promise<Ignores> {
  const folder = posix.normalize(out).replace(/\/$/, '');
  if (folder === '.' || folder.startsWith('../') || posix.isAbsolute(folder)) return { edits: [], notes: [] };
  const files = new Set(readdirSync(project.folder));
  const read = (name: string) => readIfThere(join(project.folder, name));
  const edits: FileEdit[] = [];
  const notes: string[] = [];
  if (usesPrettier(project, files)) {
    const line = `/${escaped(folder)}/`;
    edits.push(addLine('.prettierignore', await read('.prettierignore'), line));
  }
  if (files.has('.eslintignore'))
    edits.push(addLine('.eslintignore', await read('.eslintignore'), `/${escaped(folder)}/`));
  for (const { names, ignore, byHand } of configs) {
    const name = names.find((candidate) => files.has(candidate));
    if (name === undefined) continue;
    const before = (await read(name)) ?? '';
    const text = ignore(before, folder);
    if (text === undefined)
      notes.push(`${name} could not be changed: ${byHand(folder)}, so that nothing there is reformatted`);
    else edits.push({ path: name, before, text, ...(text === before ? {} : { detail: `leaves out ${folder}` }) });
  }
  return { edits, notes };
}

/** Wildcards of a path escaped, as ignore files want it. */
const escaped = (path: string) => path.replace(/[[?*\\]/g, '\\$&');

function usesPrettier({ manifest }: Project, files: ReadonlySet<string>): boolean {
  const isConfig = (name: string) => /^(\.prettierrc|\.prettierignore$|prettier\.config\.)/.test(name);
  return (
    [...files].some(isConfig) ||
    manifest?.value['prettier'] !== undefined ||
    (manifest?.dependencies.includes('prettier') ?? false)
  );
}

/** A tool's config: how the output is left out of it, and what to write where that cannot be done here. */
interface ToolConfig {
  readonly names: readonly string[];
  /** The text with the folder left out; the same text where it is already, undefined where the form is not known. */
  readonly ignore: (text: string, folder: string) => string | undefined;
  readonly byHand: (folder: string) => string;
}

const extensions = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'];
const configs: readonly ToolConfig[] = [
  {
    names: ['biome.json', 'biome.jsonc', '.biome.json', '.biome.jsonc'],
    ignore: ignoreInBiome,
    byHand: (folder) => `add "!${folder}" to "files.includes"`,
  },
  {
    names: extensions.map((extension) => `eslint.config.${extension}`),
    ignore: ignoreInEslint,
    byHand: (folder) => `add { ignores: ['${folder}/**'] } to its list`,
  },
];

/**
 * Adds the folder to what Biome leaves out: `files.includes` with an exclamation mark, in version 1 `files.ignore`
 * (https://biomejs.dev/reference/configuration/#files). Comments stay. Undefined where the result is not what was
 * meant.
 */
export function ignoreInBiome(text: string, folder: string): string | undefined {
  const value = readJsonObject(text);
  if (!value) return undefined;
  const files = objectIn(value, 'files');
  const isOld = /\/schemas\/1\./.test(String(value['$schema'])) || 'ignore' in files || 'include' in files;
  const [key, pattern, before] = isOld ? ['ignore', folder, []] : ['includes', `!${folder}`, ['**']];
  const present = files[key];
  const list = Array.isArray(present) ? (present as readonly unknown[]) : before;
  if (
    list.some(
      (item) =>
        String(item)
          .replace(/^!+/, '!')
          .replace(/\/(\*\*)?$/, '') === pattern,
    )
  )
    return text;
  const wanted = { ...value, files: { ...files, [key]: [...list, pattern] } };
  const changed = Array.isArray(present)
    ? appended(text, key, JSON.stringify(pattern))
    : inserted(text, 'files' in value, `"${key}": ${JSON.stringify([...list, pattern]).replaceAll(',', ', ')}`);
  return isSame(readJsonObject(changed), wanted) ? changed : undefined;
}

/** The text with an item at the end of the list under a key of `files`. */
function appended(text: string, key: string, item: string): string {
  const list = new RegExp(`("files"\\s*:\\s*\\{[\\s\\S]*?"${key}"\\s*:\\s*\\[)([^\\]]*?),?(\\s*)\\]`);
  const [, head = '', items = '', end = ''] = list.exec(text) ?? [];
  const separator = /\n[ \t]*/.exec(items)?.[0] ?? ' ';
  const all = items.trim() === '' ? item : `${items},${separator}${item}${end}`;
  return text.replace(list, () => `${head}${all}]`);
}

/** The text with a property in `files`, or with `files` before everything else. */
function inserted(text: string, hasFiles: boolean, property: string): string {
  const place = hasFiles ? /("files"\s*:\s*\{)(\s*\})?/ : /(\{)(\s*\})?/;
  const addition = hasFiles ? ` ${property}` : `\n  "files": { ${property} }`;
  return text.replace(place, (_, start: string, end?: string) => `${start}${addition}${end ?? ','}`);
}

function isSame(a: unknown, b: unknown): boolean {
  const sorted = (_key: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value;
  return JSON.stringify(a, sorted) === JSON.stringify(b, sorted);
}

/** The beginnings of a flat config's list, as tools and people write them. */
const listStart =
  /^((?:export\s+default|module\.exports\s*=)\s+(?:[\w.]+\(\s*)?\[|(?:export\s+default|module\.exports\s*=)\s+[\w.]+\()/m;

/**
 * Adds an object of global ignores to ESLint's flat config: https://eslint.org/docs/latest/use/configure/ignore.
 * Undefined where its list does not begin in a way that is known.
 */
export function ignoreInEslint(text: string, folder: string): string | undefined {
  const pattern = `${folder}/**`;
  if (text.includes(`'${pattern}'`) || text.includes(`"${pattern}"`)) return text;
  if (/['\\\n]/.test(folder) || !listStart.test(text)) return undefined;
  return text.replace(listStart, (start) => `${start}\n  { ignores: ['${pattern}'] },`);
}
