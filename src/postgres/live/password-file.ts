import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Parameters } from './parameters.js';

/** What a password is for. A Unix socket counts as `localhost`. */
export interface Target {
  readonly host: string;
  readonly port: string;
  readonly dbname: string;
  readonly user: string;
}

/**
 * Reads the password for a server from `passfile`, by default `~/.pgpass`:
 * https://www.postgresql.org/docs/current/libpq-pgpass.html.
 */
export async function readPassword(
  { passfile = defaultFile() }: Parameters,
  target: Target,
  note: (message: string) => void,
): Promise<string | undefined> {
  const found = await stat(passfile).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    note(`The password file ${passfile} is ignored because other users can read it. Fix it with: chmod 600`);
    return undefined;
  }
  const host = target.host.startsWith('/') ? 'localhost' : target.host;
  const wanted = [host, target.port, target.dbname, target.user];
  const lines = (await readFile(passfile, 'utf8').catch(() => ''))
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'));
  for (const line of lines) {
    const entry = fields(line);
    const password = entry[wanted.length];
    const isFor = wanted.every((value, index) => entry[index] === '*' || entry[index] === value);
    if (isFor && password !== undefined) return password;
  }
  return undefined;
}

function defaultFile(): string {
  return process.platform === 'win32'
    ? join(process.env['APPDATA'] ?? homedir(), 'postgresql', 'pgpass.conf')
    : join(homedir(), '.pgpass');
}

/** The fields of a line, `host:port:database:user:password`, in which `\:` and `\\` represent `:` and `\`. */
function fields(line: string): string[] {
  return [...line.matchAll(/((?:\\.|[^:])*)(?::|$)/g)].map(([, field = '']) => field.replace(/\\(.)/g, '$1'));
}
