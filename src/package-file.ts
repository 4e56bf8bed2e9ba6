import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { RowsmithError } from './errors.js';

/**
 * The path of a file in the installed package: `packageFile('templates')` is `…/node_modules/rowsmith/templates`. The
 * package is looked up by its own name. So a program that was bundled together with rowsmith finds the package that is
 * installed beside the program.
 */
export function packageFile(path: string): string {
  // A bundler leaves `import.meta` empty in CommonJS. There the program itself says where to look.
  try {
    return join(dirname(createRequire(import.meta.url ?? process.argv[1]).resolve('rowsmith/package.json')), path);
  } catch (cause) {
    throw new RowsmithError(
      'peer-missing',
      `${path} of the package rowsmith is needed, but rowsmith is not installed beside this program.`,
      'A bundle does not contain it. Install: npm install rowsmith',
      { cause },
    );
  }
}
