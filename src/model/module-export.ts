import { RowsmithError } from '../errors.js';

/**
 * An export of one of the user's modules, `./computed/task#ageSeconds`. Its path is relative to the config's folder
 * unless it names a package.
 */
export interface ModuleExport {
  readonly module: string;
  readonly name: string;
}

/**
 * The export that a text of the config names. Throws if it names none; `place` is the position of the text in the
 * config.
 */
export function moduleExport(reference: string, place: string): ModuleExport {
  const [module = '', name = '', ...rest] = reference.split('#');
  if (module !== '' && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && rest.length === 0)
    return { module, name };
  throw new RowsmithError(
    'config-invalid',
    `${place} does not name an export of a module: "${reference}"`,
    'Write it as ./path/to/module#exportName, relative to the config file.',
  );
}
