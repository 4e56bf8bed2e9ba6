import type { Catalog } from '../catalog/catalog.js';
import type { Config } from '../config/config.js';
import { refuseUnknownIncludes, refuseUnknownRoutines } from '../model/settings.js';
import { refuseUnknownSlices } from '../model/slices.js';

/** Throws a `RowsmithError` where the config names what the schema does not have. */
export function refuseUnknown(catalog: Catalog, config: Config): void {
  refuseUnknownIncludes(catalog, config);
  refuseUnknownRoutines(catalog, config);
  refuseUnknownSlices(catalog, config.slices);
}
