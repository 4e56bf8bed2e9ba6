import type { RelationModel, SliceModel } from '../../model/model.js';
import type { ModuleNames } from '../module-specifier.js';
import { docComment, propertyKey } from '../typescript.js';
import { Imports } from './imports.js';

/** The context of `slice.ts.hbs`: a slice that the config names. */
export function sliceFileContext(
  slice: SliceModel,
  models: ReadonlyMap<string, RelationModel>,
  { extension }: ModuleNames,
) {
  const imports = new Imports(new Set([slice.typeName, slice.viewName]), ['../runtime/', '../models/'], extension);
  const context = sliceContext(slice, `The tables of the slice \`${slice.label}\`.`, models, imports);
  return { ...context, noCheck: imports.noCheck, imports: imports.lines() };
}

/** The context of the partial `slice.hbs`. The tables come from their models' files: `db.ts` has all the others too. */
export function sliceContext(
  { typeName, viewName, tables }: SliceNames,
  doc: string,
  models: ReadonlyMap<string, RelationModel>,
  imports: Imports,
) {
  imports.type('../runtime/slice.js', 'Slice');
  imports.value('../runtime/slice.js', 'slice');
  return {
    sliceDoc: docComment(doc),
    sliceType: typeName,
    sliceName: viewName,
    sliceTables: tables.flatMap((key) => {
      const model = models.get(key);
      return model
        ? [{ key: propertyKey(key), type: imports.type(`../models/${model.file}.js`, model.tableName), doc: [] }]
        : [];
    }),
  };
}

type SliceNames = Pick<SliceModel, 'typeName' | 'viewName' | 'tables'>;
