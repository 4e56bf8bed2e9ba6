import type { Catalog } from '../catalog/catalog.js';
import { homeSchema, relationKey } from '../catalog/home-schema.js';
import type { SlicesConfig } from '../config/config.js';
import { RowsmithError } from '../errors.js';
import { matchesPattern } from '../selection/pattern.js';
import type { SliceModel } from './model.js';
import { camelCase, fileName, nameOnDisk, pascalCase } from './names.js';

/** The slices that the config names: `billing` → `BillingDB`, `billingDb`, and the tables that its patterns match. */
export function sliceModels(catalog: Catalog, slices: SlicesConfig = {}): SliceModel[] {
  const home = homeSchema(catalog);
  const models = Object.entries(slices).map(([label, patterns]) => ({
    label,
    typeName: `${pascalCase(label)}DB`,
    viewName: `${camelCase(label)}Db`,
    file: fileName(label),
    tables: catalog.relations
      .filter((relation) => patterns.some((pattern) => matchesPattern(pattern, relation)))
      .map((relation) => relationKey(relation, home)),
  }));
  refuseSharedFiles(models);
  return models.sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Throws if two slices would share a file: one would be lost. */
function refuseSharedFiles(slices: readonly SliceModel[]): void {
  const owners = new Map<string, string>();
  for (const { label, file } of slices) {
    const owner = owners.get(nameOnDisk(file));
    if (owner !== undefined)
      throw new RowsmithError(
        'name-collision',
        `The slices ${owner} and ${label} map to the same file: slices/${file}.ts.`,
        'Rename one of them.',
      );
    owners.set(nameOnDisk(file), label);
  }
}
