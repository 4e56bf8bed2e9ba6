import { posix, relative, sep } from 'node:path';
import type { Override } from '../../config/config.js';
import { loadSetup } from './load.js';
import { isInProject } from './paths.js';
import { type ReadSetup, type Take, takeOver } from './setup.js';
import { overrideTypes } from './types.js';

const tool = 'kanel';
const files = ['.js', '.cjs', '.mjs', '.ts', '.json'].flatMap((extension) => [
  `kanel.config${extension}`,
  `.kanelrc${extension}`,
]);

/** Reads the setup of kanel's versions 3 and 4: https://kristiandupont.github.io/kanel/configuring.html. */
export const readKanel: ReadSetup = async (project) => {
  const loaded = await loadSetup(project, files);
  if (!loaded) return undefined;
  if ('problem' in loaded) return { tool, from: loaded.from, taken: [], left: [`all of it (${loaded.problem})`] };
  const outputPath: Take = (value) => {
    const path =
      typeof value === 'string'
        ? relative(project.folder, posix.resolve(project.folder, value)).split(sep).join('/')
        : '';
    return path !== '' && isInProject(path)
      ? { out: posix.join(posix.dirname(path), 'generated'), replaces: path }
      : undefined;
  };
  // Ids have types of their own unless its function for them says otherwise.
  const brands = 'generateIdentifierType' in loaded.value ? {} : { brandIds: true };
  return { tool, from: loaded.from, ...brands, ...takeOver(loaded.value, { ...byOption, outputPath }, silent) };
};

const schemas: Take = (value) => {
  if (!Array.isArray(value)) return undefined;
  const names = value.map((item: unknown) =>
    typeof item === 'object' && item !== null && 'name' in item ? item.name : item,
  );
  return names.every((name) => typeof name === 'string') ? { include: names.map((name) => `${name}.*`) } : undefined;
};

const byOption: { readonly [option: string]: Take } = {
  connection: () => ({ left: ['connection (it may contain a password: set DATABASE_URL)'] }),
  schemas,
  schemaNames: schemas,
  customTypeMap: (value) => {
    const types = Object.entries(value as object).map(
      ([type, as]): Override => ({ type: type.replace(/^pg_catalog\./, ''), as: String(as) }),
    );
    return overrideTypes(types, 'customTypeMap');
  },
};

/** Options about how its files are written. */
const silent = [
  'preDeleteOutputFolder',
  'enumStyle',
  'resolveViews',
  'importsExtension',
  'tsModuleFormat',
  'fileExtension',
  'typescriptConfig',
  'filter',
];
