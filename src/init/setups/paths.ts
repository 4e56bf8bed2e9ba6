import { posix } from 'node:path';

/** Whether a path, relative to the project, is in the project and not among its packages. */
export function isInProject(path: string): boolean {
  const normal = posix.normalize(path);
  return (
    !posix.isAbsolute(normal) &&
    !/^[A-Za-z]:/.test(normal) &&
    normal.split('/')[0] !== '..' &&
    !normal.split('/').includes('node_modules')
  );
}

/** Turns a glob into patterns with `*` alone; undefined where it says more than they can. */
export function wildcards(glob: string): string[] | undefined {
  const [, before = '', list, after = ''] = /^([^{]*)\{([^{}]*)\}(.*)$/s.exec(glob) ?? [];
  if (list === undefined) return /[?[\]!(){}\\]|\*\*/.test(glob) ? undefined : [glob];
  const parts = list.split(',').map((item) => wildcards(`${before}${item}${after}`));
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}
