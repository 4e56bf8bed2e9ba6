import type { Catalog } from '../catalog/catalog.js';
import { serializeCatalog } from '../catalog/serialize.js';
import type { KyselyCodegenConfig } from '../config/config.js';
import { RowsmithError } from '../errors.js';
import type { Schema } from '../model/model.js';
import { dbContext } from './contexts/db.js';
import { functionsContext } from './contexts/functions.js';
import { guardContext } from './contexts/guard.js';
import { modelContext } from './contexts/model.js';
import { parsersContext } from './contexts/parsers.js';
import { queriesContext } from './contexts/queries.js';
import { relationsContext } from './contexts/relations.js';
import { sliceFileContext } from './contexts/slice.js';
import { tableNaming } from './contexts/table-naming.js';
import { typesContext } from './contexts/types.js';
import { kyselyCodegenText } from './kysely-codegen.js';
import type { ModuleNames } from './module-specifier.js';
import { generatedNotice, header, isGenerated, type OutputFile, regenerateNotice } from './output-file.js';
import type { Render } from './render.js';

/** The input from which the files of all artefacts are made. */
export interface EmitInput extends ModuleNames {
  readonly catalog: Catalog;
  readonly schema: Schema;
  /** The options of kysely-codegen, if it writes `db.ts`; absent for rowsmith's own table types. */
  readonly tables?: KyselyCodegenConfig;
  /** `DB` has the names that programs with CamelCasePlugin use. */
  readonly camelCase?: boolean;
}

/** One kind of output: the folder that holds its files, where orphans are looked for, and how the files are made. */
export interface Artefact {
  readonly name: string;
  /** Below the output folder; '' for the output folder itself. */
  readonly folder: string;
  /** Makes the files one at a time, as they are requested. */
  readonly files: (input: EmitInput, render: Render) => Iterable<OutputFile>;
}

/** What the models of every schema need. */
const runtimeNames: readonly string[] =
  'relation related links keys slice state transition change write read text model values found rows bulk'.split(' ');

/** The runtime imports none of the user's modules, so the compiler skips it in programs. */
const runtimeContext = { ...header, noCheck: true };

/** Every artefact, in the order in which the files are listed. */
export const artefacts: readonly Artefact[] = [
  {
    name: 'catalog',
    folder: '',
    files: ({ catalog }) => [
      { path: 'catalog.json', text: serializeCatalog(catalog, `${generatedNotice} ${regenerateNotice}`) },
    ],
  },
  {
    name: 'db',
    folder: '',
    files: (input, render) => {
      const { catalog, schema, tables, camelCase } = input;
      const text = tables
        ? kyselyCodegenText(catalog, tables)
        : render('db.ts', headed(dbContext(schema, input, tableNaming(camelCase)), input));
      return [{ path: 'db.ts', text }];
    },
  },
  {
    name: 'types',
    folder: '',
    files: (input, render) => [
      { path: 'types.ts', text: render('types.ts', headed(typesContext(input.schema, input), input)) },
    ],
  },
  {
    name: 'runtime',
    folder: 'runtime',
    files: ({ schema, extension }, render) => {
      const names = [
        ...runtimeNames,
        ...(schema.routines.length > 0 ? ['routine'] : []),
        ...(schema.queryFiles.length > 0 ? ['query'] : []),
      ];
      return names.map((name) => ({
        path: `runtime/${name}.ts`,
        text: render(`runtime.${name}.ts`, { ...runtimeContext, extension }),
      }));
    },
  },
  {
    name: 'guard',
    folder: '',
    files: (input, render) => [
      { path: 'guard.ts', text: render('guard.ts', headed(guardContext(input.schema), input)) },
    ],
  },
  {
    name: 'parsers',
    folder: '',
    files: (input, render) => {
      const { parsers } = input.schema;
      if (!parsers) return [];
      return [{ path: 'parsers.ts', text: render('parsers.ts', headed(parsersContext(parsers, input), input)) }];
    },
  },
  {
    name: 'functions',
    folder: '',
    files: (input, render) => {
      const { routines } = input.schema;
      if (routines.length === 0) return [];
      return [{ path: 'functions.ts', text: render('functions.ts', headed(functionsContext(routines, input), input)) }];
    },
  },
  {
    name: 'queries',
    folder: 'queries',
    *files(input, render) {
      for (const file of input.schema.queryFiles)
        yield {
          path: `queries/${file.path}.ts`,
          text: render('queries.ts', headed(queriesContext(file, input, input.camelCase === true), input)),
        };
    },
  },
  {
    name: 'model',
    folder: 'models',
    *files(input, render) {
      const format = { isOwn: input.tables === undefined, naming: tableNaming(input.camelCase) };
      for (const relation of input.schema.relations)
        yield {
          path: `models/${relation.file}.ts`,
          text: render('model.ts', headed(modelContext(relation, input, format), input)),
        };
    },
  },
  {
    name: 'relations',
    folder: 'relations',
    *files(input, render) {
      const models = modelsByKey(input.schema);
      const names = { extension: input.extension, naming: tableNaming(input.camelCase) };
      for (const relation of input.schema.relations)
        yield {
          path: `relations/${relation.file}.ts`,
          text: render('relations.ts', headed(relationsContext(relation, models, names), input)),
        };
    },
  },
  {
    name: 'slices',
    folder: 'slices',
    *files(input, render) {
      const models = modelsByKey(input.schema);
      const names = { extension: input.extension, naming: tableNaming(input.camelCase) };
      for (const slice of input.schema.slices)
        yield {
          path: `slices/${slice.file}.ts`,
          text: render('slice.ts', headed(sliceFileContext(slice, models, names), input)),
        };
    },
  },
];

/**
 * A context with the names that every template has. It is modified instead of copied, because a model's context has
 * fifty names.
 */
const headed = (context: object, { extension }: ModuleNames) => Object.assign(context, header, { extension });

const modelsByKey = ({ relations }: Schema) => new Map(relations.map((relation) => [relation.key, relation]));

/** Renders every file one at a time, so that callers need not hold all of them. */
export function* emit(input: EmitInput, render: Render): Generator<OutputFile> {
  for (const artefact of artefacts) {
    for (const file of artefact.files(input, render)) {
      if (!isGenerated(file.text)) {
        throw new RowsmithError(
          'template-failed',
          `${file.path} is not marked as generated, so the next run would take it for a hand-written file.`,
          'Keep {{notice}} in the first lines of the template.',
        );
      }
      yield file;
    }
  }
}
