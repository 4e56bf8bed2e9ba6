import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listNames } from '../../src/catalog/answer-shape.js';
import { lists as catalogLists } from '../../src/catalog/query/lists.js';
import {
  description,
  int16,
  int32,
  message,
  messages,
  type Peer,
  row,
  startFakeServer,
} from '../support/fake-server.js';
import { repositoryPath } from '../support/repository.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-hostile-'));
  writeFileSync(
    join(folder, 'peak.mjs'),
    `import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(process.env.PEAK, String(process.resourceUsage().maxRSS)));`,
  );
});
afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

interface Outcome {
  readonly code: number | null;
  readonly stderr: string;
  readonly seconds: number;
  /** Megabytes. */
  readonly peak: number;
}

/** Seconds that the command line gives the server here. */
const timeout = 4;

/** What `generate` makes of a server, in a process of its own. */
async function generate(script: (peer: Peer) => Promise<void> | void): Promise<Outcome> {
  const server = await startFakeServer(script);
  const peak = join(folder, 'peak');
  writeFileSync(peak, '');
  const started = Date.now();
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    PEAK: peak,
    NODE_OPTIONS: `--import ${join(folder, 'peak.mjs')}`,
  };
  const url = `postgres://u@127.0.0.1:${server.port}/d?sslmode=disable`;
  const child = spawn(
    process.execPath,
    [repositoryPath('dist/cli/main.js'), 'generate', '--source', url, '--timeout', String(timeout)],
    { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  server.close();
  return { code, stderr, seconds: (Date.now() - started) / 1000, peak: Number(readFileSync(peak, 'utf8')) / 1024 };
}

/** Lets the client in, answers its first query so, and hangs up at the second. */
const answering =
  (...answer: Buffer[]) =>
  async (peer: Peer): Promise<void> => {
    peer.send(messages.AuthenticationOk, messages.ReadyForQuery);
    await peer.next();
    peer.send(...answer);
    void peer.next().then(
      () => peer.socket.end(),
      () => {},
    );
  };

/** Says it again and again, as fast as it is heard. */
const forEver =
  (bytes: Buffer, before?: (peer: Peer) => Promise<void>) =>
  async (peer: Peer): Promise<void> => {
    await before?.(peer);
    const many = Buffer.concat(Array.from({ length: Math.max(1, Math.floor(100_000 / bytes.length)) }, () => bytes));
    const goOn = () => {
      while (!peer.socket.destroyed && peer.socket.write(many));
    };
    peer.socket.on('drain', goOn);
    goOn();
  };

const complete = Buffer.concat([messages.CommandComplete, messages.ReadyForQuery]);

/** Answers the catalog query with a text for each list; the lists that are not given have no rows. */
function lists(given: Readonly<Record<string, string>>): Buffer[] {
  return [description('list', 'catalog'), ...listNames.map((name) => row(name, given[name] ?? noRows(name))), complete];
}

const noRows = (name: keyof typeof catalogLists) =>
  JSON.stringify(Object.fromEntries(Object.keys(catalogLists[name].fields).map((field) => [field, null])));

const long = (length: number) => Buffer.concat([Buffer.from('R'), int32(length)]);
const columns = (fields: object) =>
  lists({ columns: JSON.stringify({ rel: [1], num: [1], name: ['a'], type: [25], notnull: [true], ...fields }) });
const relation = JSON.stringify({
  id: [1],
  schema: ['s'],
  name: ['t'],
  kind: ['r'],
  partition: [false],
  insertable: [null],
  handled: [0],
  comment: [null],
});
const type = (fields: object) =>
  JSON.stringify({
    id: [25],
    schema: ['s'],
    name: ['t'],
    kind: ['d'],
    element: [null],
    sql: ['t'],
    base: [25],
    mod: [null],
    dims: [null],
    notnull: [true],
    nondeterministic: [null],
    default: [null],
    comment: [null],
    extension: [null],
    declared: [true],
    ...fields,
  });
const protocol = /^error: The server violates PostgreSQL's protocol: /;
/** Whichever limit comes first, that of time or that of memory. */
const bounded =
  /^error: (The server violates PostgreSQL's protocol: it says more than|The database did not answer within 4 s)/;
const noCatalog = /^error: The server's answer is not a catalog: /;

/** A value of some type, by its oid, that is none. */
function typed(oid: number, value: string): Buffer[] {
  const fields = ['list', 'catalog'].map((name) =>
    Buffer.concat([Buffer.from(`${name}\0`), int32(0), int16(0), int32(oid), int16(-1), int32(-1), int16(0)]),
  );
  return [message('T', int16(2), ...fields), row('columns', value), complete];
}

describe.each<readonly [string, (peer: Peer) => Promise<void> | void, RegExp]>([
  ['a length of nothing', (peer) => peer.send(long(0)), protocol],
  ['a negative length', (peer) => peer.send(long(-1)), protocol],
  ['a length of 2 GB', (peer) => peer.send(long(2 ** 31 - 1)), protocol],
  [
    'a length of 4 GB, and endless text',
    forEver(Buffer.alloc(65_536, 'x'), async (peer) => peer.send(Buffer.from([69, 255, 255, 255, 255]))),
    protocol,
  ],
  ['another protocol', (peer) => peer.send(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')), protocol],
  ['an error that does not end', (peer) => peer.send(message('E', 'SFATAL\0C28000\0Mno')), protocol],
  ['an error without anything', (peer) => peer.send(message('E', '\0')), protocol],
  [
    'an error of control characters',
    (peer) => peer.send(message('E', 'SFATAL\0C28P01\0M\x1b[2J\x07\0\0')),
    /^error: Cannot connect to .*: the password is wrong/,
  ],
  ['an empty list of mechanisms', (peer) => peer.send(message('R', int32(10))), protocol],
  ['endless notices before the login', forEver(messages.NoticeResponse), protocol],
  [
    'endless notices in the login',
    forEver(messages.NoticeResponse, async (peer) => peer.send(messages.AuthenticationOk)),
    protocol,
  ],
  [
    'endless settings in the login',
    forEver(messages.ParameterStatus, async (peer) => peer.send(messages.AuthenticationOk)),
    protocol,
  ],
  [
    'endless notices without a query',
    forEver(messages.NoticeResponse, async (peer) => peer.send(messages.AuthenticationOk, messages.ReadyForQuery)),
    bounded,
  ],
  [
    'a row without a query',
    (peer) => peer.send(messages.AuthenticationOk, messages.ReadyForQuery, messages.RowDescription, messages.DataRow),
    protocol,
  ],
  ['silence', () => undefined, /^error: Cannot connect to .*: the server does not answer/],
  ['the end', (peer) => void peer.socket.destroy(), /^error: Cannot connect to /],
  ['silence in answer to a query', answering(), /^error: The database did not answer within 4 s\./],
  [
    'the end in answer to a query',
    async (peer) => {
      await answering()(peer);
      peer.socket.destroy();
    },
    /^error: The connection to the database was lost/,
  ],
  ['an answer of nothing', answering(messages.ReadyForQuery), noCatalog],
  ['an answer without rows', answering(description('list', 'catalog'), complete), noCatalog],
  ['an empty query', answering(messages.EmptyQueryResponse, messages.ReadyForQuery), noCatalog],
  ['a row before its description', answering(messages.DataRow, complete), protocol],
  ['a row with more fields than described', answering(description('list'), row('a', 'b'), complete), protocol],
  ['a field of negative length', answering(description('list'), message('D', int16(1), int32(-2)), complete), protocol],
  [
    'a field that is longer than its row',
    answering(description('list'), message('D', int16(1), int32(2 ** 30)), complete),
    protocol,
  ],
  ['a description of 65,535 fields', answering(message('T', int16(-1)), complete), protocol],
  ['COPY', answering(messages.CopyInResponse), protocol],
  [
    'a row of 2 GB, and endless text',
    forEver(Buffer.alloc(65_536, 'x'), async (peer) =>
      answering(description('list'), Buffer.from('D'), int32(2 ** 31 - 1))(peer),
    ),
    protocol,
  ],
  ['endless rows', forEver(row('columns', noRows('columns')), answering(description('list', 'catalog'))), bounded],
  ['endless empty rows', forEver(row('', ''), answering(description('list', 'catalog'))), bounded],
  ['endless notices in answer to a query', forEver(messages.NoticeResponse, answering()), bounded],
  [
    'the same error for ever',
    async (peer) => {
      peer.send(messages.AuthenticationOk, messages.ReadyForQuery);
      for (;;) {
        await peer.next();
        peer.send(message('E', 'SERROR\0C40001\0Magain\0\0'), messages.ReadyForQuery);
      }
    },
    /^error: The database did not answer within 4 s\./,
  ],
  ['a list of another name', answering(description('list', 'catalog'), row('__proto__', '{}'), complete), noCatalog],
  [
    'columns of other names',
    answering(description('__proto__', 'constructor'), row('columns', '{}'), complete),
    noCatalog,
  ],
  ['no JSON', answering(...lists({ columns: '' })), noCatalog],
  ['JSON of null', answering(...lists({ columns: 'null' })), noCatalog],
  ['an empty object', answering(...lists({ columns: '{}' })), noCatalog],
  ['a million brackets', answering(...lists({ columns: '['.repeat(1_000_000) })), noCatalog],
  [
    'a list that is nested a million times',
    answering(...lists({ columns: `{"rel":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}` })),
    noCatalog,
  ],
  [
    'objects nested ten thousand times',
    answering(...lists({ columns: `{"rel":[${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}]}` })),
    noCatalog,
  ],
  ['twenty million objects', answering(...lists({ columns: `{"rel":[${'{},'.repeat(20_000_000)}1]}` })), noCatalog],
  ['a number for a name', answering(...columns({ name: [1] })), noCatalog],
  ['a text for a number', answering(...columns({ num: ['__proto__'] })), noCatalog],
  ['fields of different lengths', answering(...columns({ num: [1, 2] })), noCatalog],
  [
    'a column of no type',
    answering(
      ...lists({
        relations: relation,
        columns: JSON.stringify({ rel: [1], num: [1], name: ['a'], type: [25], notnull: [true] }),
      }),
    ),
    noCatalog,
  ],
  [
    'an enum, domain and range of themselves',
    answering(...lists({ types: type({ kind: ['d'], element: [25] }) })),
    /^error: /,
  ],
  ['values of type json', answering(...typed(114, '['.repeat(1_000_000))), noCatalog],
  ['values of an array type', answering(...typed(1009, '{'.repeat(1_000_000))), noCatalog],
  ['values of type timestamptz', answering(...typed(1184, 'never')), noCatalog],
])('a server that says %s', (_name, script, expected) => {
  test('ends with exit code 2, a sentence, and bounded time and memory', async () => {
    const { code, stderr, seconds, peak } = await generate(script);
    if (process.env['ROWSMITH_TELL'])
      process.stderr.write(
        `| ${_name} | ${code} | ${seconds.toFixed(1)} | ${peak.toFixed(0)} | ${stderr.split('\n')[0]} |\n`,
      );
    expect(stderr).toMatch(expected);
    expect(stderr).not.toMatch(/bug in rowsmith|\x1b|\n {4}at /);
    expect(code).toBe(2);
    expect(seconds).toBeLessThan(30);
    expect(peak).toBeLessThan(1000);
  });
});
