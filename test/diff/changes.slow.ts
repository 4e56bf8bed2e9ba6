import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { diffRules } from '../../src/diff/rules.js';
import { type Config, type DiffFinding, diff, snapshot } from '../../src/index.js';
import { freshDatabase, newestVersion } from '../support/postgres.js';
import { repositoryPath } from '../support/repository.js';
import { type Case, cases } from './cases.js';

/** Runs the migration of a case in a database of its own and compares before with after. */
async function changes({
  before,
  migrate,
  config = {},
  configAfter = config,
  queries,
  queriesAfter = queries,
  forget,
}: Case): Promise<readonly DiffFinding[]> {
  const database = await freshDatabase(
    newestVersion,
    `create schema if not exists public; create table if not exists anchor (id integer); ${before}`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'rowsmith-diff-'));
  const read = async (given: Config, text = '') => {
    writeFileSync(join(folder, 'q.sql'), text);
    const asked = queries === undefined ? given : { ...given, queries: ['q.sql'] };
    const taken = await snapshot({ config: { ...asked, source: { url: database.url } }, folder });
    const { identities: _numbers, ...forgotten } = taken;
    return forget ? forgotten : taken;
  };
  try {
    const from = await read(config, queries);
    const client = new pg.Client(database.url);
    await client.connect();
    await client.query(migrate).finally(() => client.end());
    const to = await read(configAfter, queriesAfter);
    const asked = queries === undefined ? configAfter : { ...configAfter, queries: ['q.sql'] };
    const { findings } = await diff({ config: asked, from, to });
    return findings.map((finding) => ({ ...finding, why: finding.why.replace(/\S*\/q\.sql:/, 'q.sql:') }));
  } finally {
    await database.drop();
    rmSync(folder, { recursive: true });
  }
}

/**
 * Why a change matters and what it touches, by case. `ROWSMITH_UPDATE_CASES=1` writes it anew; read the diff before you
 * commit it.
 */
const reasonsFile = repositoryPath('test/diff/reasons.json');
const reasons = JSON.parse(readFileSync(reasonsFile, 'utf8')) as Record<string, readonly string[]>;
const updating = process.env['ROWSMITH_UPDATE_CASES'] !== undefined;

function reasonOf({
  id,
  severity,
  model,
  field,
  subject,
  why,
  names,
  before,
  after,
  certainty,
  file,
}: DiffFinding): string {
  const shownFile = file?.replace(/.*\/(?=q\.sql$)/, '');
  const facts = Object.entries({ model, field, subject, file: shownFile, certainty, before, after }).flatMap(
    ([name, value]) =>
      value === undefined || value === null
        ? []
        : [`${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`],
  );
  return [`${severity} ${id}: ${why}`, ...(names.length > 0 ? [`touches ${names.join(' ')}`] : []), ...facts].join(
    '; ',
  );
}

describe('each kind of change, made in PostgreSQL 18', () => {
  test.each(cases)('%s', async (name, given) => {
    const found = await changes(given);
    expect(found.map(({ rule, message }) => `${rule}: ${message}`)).toEqual(given.want);
    if (updating) reasons[name] = found.map(reasonOf);
    expect(found.map(reasonOf)).toEqual(reasons[name]);
  });

  test('nothing else has a reason', () => {
    const inOrder = Object.fromEntries(cases.map(([name]) => [name, reasons[name]]));
    if (updating) writeFileSync(reasonsFile, `${JSON.stringify(inOrder, undefined, 2)}\n`);
    else expect(Object.keys(reasons)).toEqual(Object.keys(inOrder));
  });

  test('every rule has a case', () => {
    const tested = new Set(cases.flatMap(([, { want }]) => want.map((line) => line.slice(0, line.indexOf(':')))));
    expect(diffRules.map(({ id }) => id).filter((id) => !tested.has(id))).toEqual([]);
  });
});

test('says why and which generated names it touches', async () => {
  const [finding] = await changes({
    before: 'create table tasker_tasks (task_id bigint primary key, reason text)',
    migrate: `alter table tasker_tasks alter reason set not null`,
    config: { models: { stripPrefix: 'tasker_', tasker_tasks: { alias: { reason: 'why' } } } },
    want: [],
  });
  expect(finding).toEqual({
    id: 'column-nullability/tasker_tasks/reason',
    rule: 'column-nullability',
    severity: 'error',
    table: 'tasker_tasks',
    model: 'Task',
    column: 'reason',
    field: 'why',
    subject: 'tasker_tasks.reason',
    breaks: ['insert', 'update'],
    dangerous: false,
    message: 'tasker_tasks.reason became NOT NULL: breaks insert and update',
    why: 'every insert must now provide it, and null is refused',
    names: ['TaskerTasksTable.reason', 'Task.why', 'TaskInsert.why', 'TaskUpdate.why'],
    before: 'NULL',
    after: 'NOT NULL',
    file: 'generated/models/task.ts',
    line: 1,
    fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
  });
});
