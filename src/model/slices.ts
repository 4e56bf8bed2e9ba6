import type { Catalog, Relation } from '../catalog/catalog.js';
import { homeSchema } from '../catalog/home-schema.js';
import type { Pattern, SlicesConfig } from '../config/config.js';
import { isWildcard, matchesQualified } from '../config/pattern.js';
import { didYouMean, RowsmithError } from '../errors.js';
import type { SliceModel } from './model.js';
import { camelCase, fileName, nameOnDisk, pascalCase } from './names.js';
import { relationKey } from './relation-key.js';

/** The slices that the config names: `billing` → BillingDB, billingDb. */
export function sliceModels(catalog: Catalog, slices: SlicesConfig = {}): SliceModel[] {
  const home = homeSchema(catalog);
  const models = Object.entries(slices).map(([label, patterns]) => ({
    label,
    typeName: `${pascalCase(label)}DB`,
    viewName: `${camelCase(label)}Db`,
    file: fileName(label),
    tables: catalog.relations.filter((relation) => patterns.some((pattern) => matches(pattern, relation))).map((relation) => relationKey(relation, home)),
  }));
  refuseSharedFiles(models);
  return models.sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Throws where a slice names a table, without a wildcard, that the narrowed catalog does not have, or where it has none at all. */
export function refuseUnknownSlices({ relations }: Catalog, slices: SlicesConfig = {}): void {
  for (const [label, patterns] of Object.entries(slices)) {
    const found = (pattern: Pattern) => relations.some((relation) => matches(pattern, relation));
    for (const pattern of patterns) {
      if (typeof pattern === 'function' || isWildcard(pattern) || found(pattern)) continue;
      const names = relations.map(({ schema, name }) => (pattern.includes('.') ? `${schema}.${name}` : name));
      throw new RowsmithError('unknown-relation', `The config names an unknown table: slices.${label} has "${pattern}"`, didYouMean(pattern, names) ?? 'Look at its spelling, and at include and exclude.');
    }
    if (!patterns.some(found)) throw new RowsmithError('unknown-relation', `No table or view matches slices.${label}.`, 'Look at the spelling of its patterns, and at include and exclude.');
  }
}

function matches(pattern: Pattern, relation: Relation): boolean {
  return typeof pattern === 'function' ? pattern(relation) : matchesQualified(pattern, relation);
}

/** Two slices must not share a file: one would be lost. */
function refuseSharedFiles(slices: readonly SliceModel[]): void {
  const owners = new Map<string, string>();
  for (const { label, file } of slices) {
    const owner = owners.get(nameOnDisk(file));
    if (owner !== undefined) throw new RowsmithError('name-collision', `The slices ${owner} and ${label} map to one file: slices/${file}.ts.`, 'Name one of them otherwise.');
    owners.set(nameOnDisk(file), label);
  }
}
