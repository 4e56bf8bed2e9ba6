import { extensionOf } from '../emit/module-specifier.js';
import { scriptName } from './file-edits.js';
import type { Project } from './project.js';
import type { Proposal } from './proposal.js';

/** The next steps, one line each: a command, or a sentence. */
export function nextSteps(
  project: Project,
  { source, out, setup, imports }: Partial<Pick<Proposal, 'source' | 'out' | 'setup' | 'imports'>>,
): readonly string[] {
  const { manifest, packageManager } = project;
  const has = (name: string) => manifest?.value['name'] === name || (manifest?.dependencies.includes(name) ?? false);
  const unset = source?.kind === 'url' && source.file === undefined && !process.env[source.variable];
  const generate = manifest
    ? `${packageManager.run} ${scriptName(manifest, 'generate')}`
    : `${packageManager.execute} rowsmith generate`;
  return [
    ...(has('rowsmith') ? [] : [`${packageManager.install} -D rowsmith`]),
    ...(has('kysely') ? [] : [`${packageManager.install} kysely`]),
    ...(unset ? [`Set ${source.variable} to the database's URL: postgres://user:password@host:port/database`] : []),
    generate,
    ...(setup?.replaces === undefined
      ? []
      : [
          `Then import DB from ${out}/db${extensionOf(imports?.style ?? 'js')} where the code imports ${setup.replaces}`,
        ]),
  ];
}
