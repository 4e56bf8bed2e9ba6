import type { SourceText, Unread } from '../../declared.js';
import { groupBy } from '../../group.js';
import { compiledAmong } from './compiled-files.js';
import { crateFolder } from './crates.js';
import { modulesIn } from './modules.js';

/** The files of the program, and those that are none of it although they are beside its files. */
export interface ProgramFiles {
  readonly files: readonly SourceText[];
  readonly unread: readonly Unread[];
}

/**
 * The files that are compiled into the program. Left out are those whose modules are only compiled for tests or for
 * another database, the folder `tests` beside the `src` of a crate, and files that no module declares.
 */
export function filesOfProgram(given: readonly SourceText[]): ProgramFiles {
  const items = given.flatMap(modulesIn);
  const leftOut = [...groupBy(items, ({ place }) => place)].flatMap(([place, all]) =>
    all.every((one) => one.isLeftOut) ? [place] : [],
  );
  const crates = new Set(given.filter(({ file }) => /(?:^|\/)src\//.test(file)).map(({ file }) => crateFolder(file)));
  const isForTests = (file: string) => crates.has(/^((?:.*\/)?)tests\//.exec(file)?.[1] ?? '-');
  const own = given.filter(
    ({ file }) => !isForTests(file) && !leftOut.some((place) => file === `${place}.rs` || file.startsWith(`${place}/`)),
  );
  const files = own.filter(compiledAmong(own, items));
  const compiled = new Set(files);
  return {
    files,
    unread: own
      .filter((one) => !compiled.has(one))
      .map(({ file }) => ({
        name: file,
        file,
        line: 1,
        reason: 'no module declares the file, so that it is not compiled',
        broken: false,
      })),
  };
}
