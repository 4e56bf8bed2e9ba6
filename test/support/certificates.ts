import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The files of a root certificate and of the certificates that it signed. The other root signed none. */
export interface Certificates {
  readonly folder: string;
  readonly root: string;
  readonly otherRoot: string;
  readonly server: { readonly certificate: string; readonly key: string };
  /** For the user `certified`. The locked key is the key encrypted with the password `sésame # 1`. */
  readonly client: { readonly certificate: string; readonly key: string; readonly lockedKey: string };
}

export const keyPassword = 'sésame # 1';

/** Creates certificates with the system's `openssl`. The server's is for `localhost`, not for 127.0.0.1. */
export function createCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'rowsmith-tls-'));
  const path = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  for (const name of ['root', 'other']) {
    openssl(
      'req',
      '-x509',
      ...key,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.crt`,
      '-subj',
      `/CN=${name}`,
      '-days',
      '2',
      '-addext',
      'basicConstraints=critical,CA:TRUE',
    );
  }
  for (const [name, subject, names] of [
    ['server', 'somewhere', 'subjectAltName=DNS:localhost'],
    ['client', 'certified', ''],
  ] as const) {
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${subject}`);
    writeFileSync(path(`${name}.ext`), names);
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'root.crt',
      '-CAkey',
      'root.key',
      '-CAcreateserial',
      '-out',
      `${name}.crt`,
      '-days',
      '2',
      '-extfile',
      `${name}.ext`,
    );
  }
  openssl(
    'pkcs8',
    '-topk8',
    '-in',
    'client.key',
    '-out',
    'locked.key',
    '-v2',
    'aes256',
    '-passout',
    `pass:${keyPassword}`,
  );
  return {
    folder,
    root: path('root.crt'),
    otherRoot: path('other.crt'),
    server: { certificate: readFileSync(path('server.crt'), 'utf8'), key: readFileSync(path('server.key'), 'utf8') },
    client: { certificate: path('client.crt'), key: path('client.key'), lockedKey: path('locked.key') },
  };
}
