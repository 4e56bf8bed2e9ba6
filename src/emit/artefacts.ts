import type { Catalog } from '../catalog/catalog.js';
import { serializeCatalog } from '../catalog/serialize.js';
import type { KyselyCodegenConfig } from '../config/config.js';
import type { Schema } from '../model/model.js';
import { dbContext } from './contexts/db.js';
import { functionsContext } from './contexts/functions.js';
import { guardContext } from './contexts/guard.js';
import { modelContext } from './contexts/model.js';
import { parsersContext } from './contexts/parsers.js';
import { relationsContext } from './contexts/relations.js';
import { sliceFileContext } from './contexts/slice.js';
import { typesContext } from './contexts/types.js';
import { kyselyCodegenText } from './kysely-codegen.js';
import { manifestFile } from './manifest.js';
import type { ModuleSpecifier } from './module-specifier.js';
import { RowsmithError } from '../errors.js';
import { generatedNotice, isGenerated, regenerateNotice, type OutputFile } from './output-file.js';
import type { Render } from './render.js';

/** What artefacts are made from. */
export interface EmitInput {
  readonly catalog: Catalog;
  readonly schema: Schema;
  readonly moduleSpecifier: ModuleSpecifier;
  /** Absent for rowsmith's own table types. */
  readonly tables?: KyselyCodegenConfig;
}

/** One kind of output: the folder that holds its files, so that orphans are found, and how they are made. */
export interface Artefact {
  readonly name: string;
  /** Below the output folder; '' for itself. */
  readonly folder: string;
  readonly files: (input: EmitInput, render: Render) => readonly OutputFile[];
}

const header = { notice: generatedNotice, regenerate: regenerateNotice };

/** Every artefact, in the order in which the files are listed. */
export const artefacts: readonly Artefact[] = [
  {
    name: 'catalog',
    folder: '',
    files: ({ catalog }) => [{ path: 'catalog.json', text: serializeCatalog(catalog, `${generatedNotice} ${regenerateNotice}`) }],
  },
  {
    name: 'db',
    folder: '',
    files: ({ catalog, schema, moduleSpecifier, tables }, render) => [
      { path: 'db.ts', text: tables ? kyselyCodegenText(catalog, tables) : render('db.ts', { ...header, ...dbContext(schema, moduleSpecifier) }) },
    ],
  },
  {
    name: 'types',
    folder: '',
    files: ({ schema, moduleSpecifier }, render) => [{ path: 'types.ts', text: render('types.ts', { ...header, ...typesContext(schema, moduleSpecifier) }) }],
  },
  {
    name: 'runtime',
    folder: 'runtime',
    files: ({ schema }, render) =>
      ['relation', 'related', 'slice', 'state', 'write', 'read', ...(schema.routines.length > 0 ? ['routine'] : [])].map((name) => ({ path: `runtime/${name}.ts`, text: render(`runtime.${name}.ts`, header) })),
  },
  {
    name: 'guard',
    folder: '',
    files: ({ schema }, render) => [{ path: 'guard.ts', text: render('guard.ts', { ...header, ...guardContext(schema) }) }],
  },
  {
    name: 'parsers',
    folder: '',
    files: ({ schema: { parsers }, moduleSpecifier }, render) =>
      parsers ? [{ path: 'parsers.ts', text: render('parsers.ts', { ...header, ...parsersContext(parsers, moduleSpecifier) }) }] : [],
  },
  {
    name: 'functions',
    folder: '',
    files: ({ schema, moduleSpecifier }, render) =>
      schema.routines.length > 0 ? [{ path: 'functions.ts', text: render('functions.ts', { ...header, ...functionsContext(schema.routines, moduleSpecifier) }) }] : [],
  },
  {
    name: 'model',
    folder: 'models',
    files: ({ schema, moduleSpecifier }, render) =>
      schema.relations.map((relation) => ({
        path: `models/${relation.file}.ts`,
        text: render('model.ts', { ...header, ...modelContext(relation, moduleSpecifier) }),
      })),
  },
  {
    name: 'relations',
    folder: 'relations',
    files: ({ schema }, render) => {
      const models = modelsByKey(schema);
      return schema.relations.map((relation) => ({
        path: `relations/${relation.file}.ts`,
        text: render('relations.ts', { ...header, ...relationsContext(relation, models) }),
      }));
    },
  },
  {
    name: 'slices',
    folder: 'slices',
    files: ({ schema }, render) => {
      const models = modelsByKey(schema);
      return schema.slices.map((slice) => ({ path: `slices/${slice.file}.ts`, text: render('slice.ts', { ...header, ...sliceFileContext(slice, models) }) }));
    },
  },
];

const modelsByKey = ({ relations }: Schema) => new Map(relations.map((relation) => [relation.key, relation]));

/** Renders everything, before anything is written. */
export function emit(input: EmitInput, render: Render): OutputFile[] {
  const files = artefacts.flatMap((artefact) => artefact.files(input, render));
  const unmarked = files.find(({ text }) => !isGenerated(text));
  if (unmarked) {
    throw new RowsmithError('template-failed', `${unmarked.path} does not say that it is generated, so the next run would take it for somebody's own.`, 'Keep {{notice}} in the first lines of the template.');
  }
  return [...files, manifestFile(files)];
}
