import { posix } from 'node:path';
import { mark } from './hostile-schemas.js';

/** Paths of an output that some file system cannot distinguish or cannot store. */
export function misplaced(paths: readonly string[]): readonly string[] {
  const folded = new Map<string, string>();
  return paths.flatMap((path) => {
    const key = path.normalize('NFC').toUpperCase().toLowerCase();
    const other = folded.get(key);
    folded.set(key, path);
    return [
      ...(other === undefined ? [] : [`${path} and ${other} are one file on some disks`]),
      ...(isPortable(path) ? [] : [`${JSON.stringify(path)} is no file everywhere`]),
    ];
  });
}

/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file; ext4 accepts 255 bytes. */
function isPortable(path: string): boolean {
  const isPlain =
    path === posix.normalize(path) && !path.startsWith('../') && !posix.isAbsolute(path) && !path.includes(mark);
  return (
    isPlain &&
    path
      .split('/')
      .every(
        (name) =>
          !/[<>:"|?*\\\p{Cc}]|[. ]$/u.test(name) &&
          !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name) &&
          Buffer.byteLength(name) <= 255,
      )
  );
}
