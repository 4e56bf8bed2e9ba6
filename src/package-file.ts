import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { RowsmithError } from './errors.js';

/**
 * The path of a file in the installed package: `packageFile('templates')` is `…/node_modules/rowsmith/templates`. The
 * package is looked up by its own name, so that a program bundled together with rowsmith finds the package installed
 * next to the program.
 */
export function packageFile(path: string): string {
  // In CommonJS, a bundler leaves `import.meta` empty. The lookup then starts from the program itself.
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
