import type { RelationModel, SliceModel } from '../../model/model.js';
import type { ModuleNames } from '../module-specifier.js';
import { docComment } from '../typescript.js';
import { Imports } from './imports.js';
import type { TableNaming } from './table-naming.js';

/** How a slice names modules and tables. */
export interface SliceNames extends Pick<ModuleNames, 'extension'> {
  readonly naming: TableNaming;
}

/** The context of `slice.ts.hbs`: a slice that the config names. */
export function sliceFileContext(
  slice: SliceModel,
  models: ReadonlyMap<string, RelationModel>,
  { extension, naming }: SliceNames,
) {
  const imports = new Imports(new Set([slice.typeName, slice.viewName]), ['../runtime/', '../models/'], extension);
  const doc = `The tables of the slice \`${slice.label}\`.`;
  const context = sliceContext({ slice, doc, models, naming }, imports);
  return { ...context, noCheck: imports.noCheck, imports: imports.lines() };
}

/**
 * The context of the partial `slice.hbs`. The tables are imported from their models' files, because `db.ts` has all
 * other tables too.
 */
export function sliceContext({ slice, doc, models, naming }: ShownSlice, imports: Imports) {
  const { typeName, viewName, tables } = slice;
  imports.type('../runtime/slice.js', 'Slice');
  imports.value('../runtime/slice.js', 'slice');
  return {
    sliceDoc: docComment(doc),
    sliceType: typeName,
    sliceName: viewName,
    sliceTables: tables.flatMap((key) => {
      const model = models.get(key);
      return model
        ? [{ key: naming.table(model), type: imports.type(`../models/${model.file}.js`, model.tableName), doc: [] }]
        : [];
    }),
  };
}

interface ShownSlice {
  readonly slice: Pick<SliceModel, 'typeName' | 'viewName' | 'tables'>;
  readonly doc: string;
  readonly models: ReadonlyMap<string, RelationModel>;
  readonly naming: TableNaming;
}
