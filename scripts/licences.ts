import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The licences of the packages that a bundle is made of, under their names and versions. `inputs` are the bundle's sources, below `root`. */
export function licencesOf(root: string, inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  return [...folders].sort().map((folder) => licenceOf(join(root, folder))).join('\n---\n\n');
}

function licenceOf(folder: string): string {
  const text = (file: string) => readFileSync(join(folder, file), 'utf8');
  const { name, version } = JSON.parse(text('package.json')) as { readonly name: string; readonly version: string };
  const named = (pattern: RegExp) => readdirSync(folder).find((file) => pattern.test(file));
  const file = named(/^licen[cs]e/i);
  const readme = named(/^readme/i);
  // Some packages have theirs in the last section of what they say of themselves.
  const licence = file ? text(file) : readme && /^## licen[cs]e\n([^]*)/im.exec(text(readme))?.[1];
  if (!licence) throw new Error(`${name} is bundled, and its licence is not found`);
  return `${name} ${version}\n\n${licence.trim()}\n`;
}
