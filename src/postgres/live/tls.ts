import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions, SecureVersion } from 'node:tls';
import { RowsmithError } from '../../errors.js';
import type { Parameters } from './parameters.js';

/** An encryption to try with a server; `false` means none. */
export type Encryption = ConnectionOptions | false;

/**
 * The encryptions to try in turn, according to libpq's `sslmode`:
 * https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION. `pg` treats `require` and `verify-ca` as
 * `verify-full`, and knows neither `allow` nor the fallback of `prefer`.
 *
 * One difference from libpq: `verify-full` without a root certificate trusts the roots that come with Node, as
 * `sslrootcert=system` does, instead of failing.
 */
export function encryptions(parameters: Parameters, host: string): readonly Encryption[] {
  const system = parameters['sslrootcert'] === 'system';
  const mode = parameters['sslmode'] ?? (system ? 'verify-full' : 'prefer');
  if (system && mode !== 'verify-full')
    throw refused(
      'sslrootcert=system needs sslmode=verify-full: otherwise any certificate of a public root would do.',
      'Remove sslmode.',
    );
  if (parameters['sslnegotiation'] === 'direct' && weakModes.includes(mode))
    throw refused(
      'sslnegotiation=direct needs an sslmode that requires TLS.',
      'Use sslmode=require, verify-ca or verify-full.',
    );
  // A Unix socket is never encrypted, whatever the mode.
  if (host.startsWith('/') || mode === 'disable') return [false];
  const tls = tlsOptions(parameters);
  const root = () => (system ? undefined : readOptional('sslrootcert', parameters['sslrootcert'], 'root.crt'));
  switch (mode) {
    case 'allow':
      return [false, unnamed(tls, undefined)];
    case 'prefer':
      return [unnamed(tls, undefined), false];
    case 'no-verify':
      return [unnamed(tls, undefined)];
    case 'require':
      return [unnamed(tls, root())];
    case 'verify-ca':
      return [unnamed(tls, root() ?? missingRoot())];
    case 'verify-full':
      return [{ ...tls, ...withRoot(root()) }];
    default:
      throw refused(
        'There is no such sslmode.',
        'The modes are disable, allow, prefer, require, verify-ca and verify-full.',
      );
  }
}

/** Modes that do not require TLS. */
const weakModes = ['disable', 'allow', 'prefer'];

/** Options that check the certificate against a root, if there is one, but never the name in it. */
function unnamed(tls: ConnectionOptions, root: string | undefined): ConnectionOptions {
  return root === undefined
    ? { ...tls, rejectUnauthorized: false }
    : { ...tls, ca: root, checkServerIdentity: () => undefined };
}

function withRoot(root: string | undefined): ConnectionOptions {
  return root === undefined ? {} : { ca: root };
}

function missingRoot(): never {
  throw refused(
    'sslmode=verify-ca needs a root certificate.',
    'Set sslrootcert=<file>, or use sslmode=verify-full: with other modes, any certificate of a public root would do.',
  );
}

function tlsOptions(parameters: Parameters): ConnectionOptions {
  const cert =
    parameters['sslcertmode'] === 'disable'
      ? undefined
      : readOptional('sslcert', parameters['sslcert'], 'postgresql.crt');
  const key = cert === undefined ? undefined : readOptional('sslkey', parameters['sslkey'], 'postgresql.key');
  if (cert !== undefined && key === undefined)
    throw refused('There is a client certificate, but no key for it.', 'Set sslkey=<file>.');
  const passphrase = parameters['sslpassword'];
  return {
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
    ...(passphrase === undefined ? {} : { passphrase }),
    minVersion: tlsVersion(parameters['ssl_min_protocol_version']) ?? 'TLSv1.2',
    ...optionalVersion(tlsVersion(parameters['ssl_max_protocol_version'])),
  };
}

const tlsVersions: readonly SecureVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

function tlsVersion(given: string | undefined): SecureVersion | undefined {
  const version = tlsVersions.find((name) => name.toLowerCase() === given?.toLowerCase());
  if (given !== undefined && version === undefined)
    throw refused('There is no such version of TLS.', `The versions are ${tlsVersions.join(', ')}.`);
  return version;
}

function optionalVersion(maxVersion: SecureVersion | undefined): ConnectionOptions {
  return maxVersion === undefined ? {} : { maxVersion };
}

/** The folder where libpq looks for certificates by default. */
function certificateFolder(): string {
  return process.platform === 'win32'
    ? join(process.env['APPDATA'] ?? homedir(), 'postgresql')
    : join(homedir(), '.postgresql');
}

/**
 * Reads a certificate or key. A file that is named must exist; the default one may be missing. Messages do not repeat
 * the path of a key.
 */
function readOptional(parameter: string, named: string | undefined, usual: string): string | undefined {
  const file = named ?? join(certificateFolder(), usual);
  if (named === undefined && !existsSync(file)) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw refused(
      `The file of ${parameter} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`,
      'Check its path.',
    );
  }
}

function refused(message: string, hint: string): RowsmithError {
  return new RowsmithError('connection-failed', message, hint);
}
