import { RowsmithError } from './errors.js';

/** Packages that are not installed with rowsmith, because only some users need them, and what needs them. */
export interface Peer {
  readonly names: readonly string[];
  /** The subject of the message: `Models in TypeScript` … need the package … */
  readonly user: string;
}

/**
 * Imports one of the peer's packages. Its name is a variable here, not a literal in an `import`: a bundler then omits
 * the package, whether it is installed or not, and Node looks for it when it is needed.
 */
export function importPeer<Module>(peer: Peer, name: string): Promise<Module> {
  return loadPeer(peer, () => import(name) as Promise<Module>);
}

/**
 * Runs `load`, which loads one of the peer's packages. If the package is not installed, throws a `RowsmithError` that
 * says how to install it.
 */
export async function loadPeer<Loaded>(peer: Peer, load: () => Loaded | Promise<Loaded>): Promise<Loaded> {
  try {
    return await load();
  } catch (error) {
    throw peer.names.some((name) => isMissing(error, name)) ? peerMissing(peer, error) : error;
  }
}

/** The error that says which packages to install. */
export function peerMissing({ names, user }: Peer, cause: unknown): RowsmithError {
  const missing = names.join(' and ');
  const message =
    names.length === 1
      ? `${user} need the package ${missing}, which is not installed.`
      : `${user} need ${missing}, which are not installed.`;
  return new RowsmithError('peer-missing', message, `Install: npm install --save-dev ${names.join(' ')}`, { cause });
}

/**
 * Whether an error says that this package is not installed. A package that exists but lacks one of its own files is
 * broken, not missing.
 */
export function isMissing(error: unknown, name: string): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return (
    /^(ERR_)?MODULE_NOT_FOUND$/.test(String(error.code)) && error.message.split('\n')[0]?.includes(`'${name}`) === true
  );
}
