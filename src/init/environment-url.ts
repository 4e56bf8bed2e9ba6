import { join } from 'node:path';
import { environmentFiles, readEnvironment } from '../config/environment.js';
import { resolveParameters } from '../postgres/live/resolve.js';
import { readAlways } from './project.js';
import type { Ask } from './questions.js';

/**
 * The URL that a file sets for a variable, if the database may be read now. In somebody's clone the file is somebody's,
 * so the host and the database are named first; where nobody can be asked, only this machine is read.
 */
export async function urlToRead(
  folder: string,
  { name, file }: { readonly name: string; readonly file: string },
  ask: Ask,
): Promise<{ readonly url: string; readonly where: string } | undefined> {
  const files = readAlways(folder).includes(file) ? environmentFiles(folder) : [join(folder, file)];
  const url = readEnvironment(files).get(name);
  const target = url === undefined ? undefined : await targetOf(url);
  if (url === undefined || target === undefined) return undefined;
  const where = `the database "${target.database}" on ${target.host}`;
  const answer = await ask({
    text: `Read the schema now, from ${where}, which ${file} names?`,
    choices: [{ value: 'yes' }, { value: 'no', what: 'only write a config that reads it' }],
    default: target.isLocal ? 'yes' : 'no',
  });
  return answer === 'yes' ? { url, where } : undefined;
}

/** What a URL leads to; undefined for one that is none, or that another file completes. */
async function targetOf(url: string) {
  if (/\bservice\s*=/.test(url)) return undefined;
  const parameters = await resolveParameters(url, {}).catch(() => undefined);
  if (!parameters) return undefined;
  const { host = '', hostaddr, port = '', dbname: database = '' } = parameters;
  const isLocal = [host, hostaddr ?? ''].flatMap((list) => list.split(',')).every(isThisMachine);
  return { database, host: host.startsWith('/') ? host : `${hostaddr ?? host}:${port}`, isLocal };
}

const isThisMachine = (host: string) => host === '' || /^(localhost|127(\.\d+){3}|\[?::1\]?|[/@].*)$/i.test(host);
