import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { RowsmithError } from '../../errors.js';
import type { Parameters } from './parameters.js';

/**
 * Reads the parameters of a service from `PGSERVICEFILE`, by default `~/.pg_service.conf`, then from `pg_service.conf`
 * in `PGSYSCONFDIR`: https://www.postgresql.org/docs/current/libpq-pgservice.html.
 */
export async function readService(service: string, environment: NodeJS.ProcessEnv): Promise<Parameters> {
  const system = environment['PGSYSCONFDIR'];
  const files = [
    environment['PGSERVICEFILE'] ?? join(homedir(), '.pg_service.conf'),
    ...(system === undefined ? [] : [join(system, 'pg_service.conf')]),
  ];
  for (const file of files) {
    const found = section(await readFile(file, 'utf8').catch(() => ''), service);
    if (found) return found;
  }
  throw new RowsmithError(
    'connection-failed',
    `There is no service "${service}".`,
    `It was looked for in ${files.join(' and ')}.`,
  );
}

/**
 * The section of a service. Only the first section with that name counts, and in it the first line for each parameter.
 */
function section(text: string, service: string): Parameters | undefined {
  let found: Map<string, string> | undefined;
  for (const line of text.split(/\r?\n/).map((raw) => raw.trim())) {
    if (line.startsWith('[')) {
      if (found) return Object.fromEntries(found);
      if (line === `[${service}]`) found = new Map();
    } else if (found && line !== '' && !line.startsWith('#')) {
      const [, name, value] = /^([^=\s]+)=(.*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined)
        throw new RowsmithError(
          'connection-failed',
          `A line of the service "${service}" does not have the form name=value.`,
          'Only libpq parameters are allowed there; LDAP lookups are not supported.',
        );
      if (!found.has(name)) found.set(name, value);
    }
  }
  return found && Object.fromEntries(found);
}
