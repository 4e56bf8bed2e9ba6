import { spawn } from 'node:child_process';
import { RowsmithError } from '../errors.js';
import type { SqlFile } from '../postgres/embedded/files.js';

/** The maximum number of characters that a command may print: more than that is not a schema. */
const mostCharacters = 200_000_000;

/**
 * Runs a command of the config in the config's folder, with the project's own programs first in the path, as npm runs
 * scripts. Returns the SQL that it prints.
 */
export async function printedSql(command: string, folder: string): Promise<SqlFile> {
  const path = [`${folder}/node_modules/.bin`, process.env['PATH'] ?? ''].join(
    process.platform === 'win32' ? ';' : ':',
  );
  const child = spawn(command, {
    cwd: folder,
    shell: true,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: Buffer[] = [];
  const said: Buffer[] = [];
  let size = 0;
  child.stdout.on('data', (piece: Buffer) => {
    size += piece.length;
    if (size > mostCharacters) child.kill();
    else printed.push(piece);
  });
  child.stderr.on('data', (piece: Buffer) => said.push(piece));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const text = Buffer.concat(printed).toString('utf8');
  if (code !== 0) throw failed(`ended with ${code ?? 'a signal'}`, Buffer.concat(said).toString('utf8'));
  if (text.trim() === '') throw failed('printed nothing', Buffer.concat(said).toString('utf8'));
  return { path: 'source.command', text: text.replaceAll('\r\n', '\n') };
}

function failed(how: string, said: string): RowsmithError {
  const lines = said.trim().split('\n').slice(-5);
  return new RowsmithError(
    'source-not-found',
    `The command in source.command ${how}.`,
    [...lines.filter((line) => line !== ''), 'It must print SQL and exit with 0.'].join('\n'),
  );
}
