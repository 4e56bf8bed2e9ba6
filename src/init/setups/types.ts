import type { Override } from '../../config/config.js';
import { builtinNames } from '../../model/overrides.js';
import type { Setup } from './setup.js';

/**
 * Takes over the overrides whose types rowsmith can name. Others need a module that exports them, so they are left, by
 * name.
 */
export function overrideTypes(overrides: readonly Override[], option: string): Partial<Setup> {
  const known = (as: string) => builtinNames.some((name) => name === as);
  const left = overrides
    .filter(({ as }) => !known(as))
    .map(({ type }) => `${option} of ${type} (export the type from a module: types.overrides)`);
  const nameable = overrides.filter(({ as }) => known(as));
  return { ...(nameable.length > 0 ? { overrides: nameable } : {}), left };
}
