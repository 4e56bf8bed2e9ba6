/** Columns that code writes out beside a spread object, which the object's type need not have. */
import { expect, test } from '@jest/globals';
import { catalogOf, findingsOf, relation } from './support.js';

const tables = [relation('tasks', { id: 'uuid!', name: 'text!', created_by: 'uuid!', note: 'text' })];

/** Errors for columns that rows cannot be inserted without, `NewTask` lacking `created_by`. */
async function lacking(code: string) {
  const models = `interface Task { id: string; name: string; note: string | null }
    interface NewTask { id: string; name: string } knex<Task>('tasks').select();`;
  const { findings } = await findingsOf(catalogOf(...tables), `${models} ${code}`, {}, 'models.ts');
  return findings.flatMap(({ severity, id }) => (severity === 'error' ? [id] : []));
}

const lacks = ['missing-field/tasks/created_by'];

test.each([
  ['Knex', "knex('tasks').insert({ ...task, created_by: user.id })"],
  ['a list of Knex', "db('tasks').insert(tasks.map((task) => ({ ...task, created_by })))"],
  ['Kysely', "db.insertInto('tasks').values({ ...task, created_by: user.id }).execute()"],
  ['postgres.js', 'sql`insert into tasks ${sql({ ...task, created_by })} returning *`'],
  [
    'postgres.js, with quotes',
    'sql`INSERT INTO public."tasks" ${sql(tasks.map((task) => ({ ...task, created_by })))}`',
  ],
  ['a table in a constant', "const TABLE = 'tasks'; knex(TABLE).insert({ ...task, created_by })"],
])('of %s', async (_, code) => {
  expect(await lacking(code)).toEqual([]);
});

test.each([
  ['another column', "knex('tasks').insert({ ...task, note: null })"],
  ['another table', "knex('others').insert({ ...task, created_by })"],
  ['what is updated', "knex('tasks').update({ ...task, created_by })"],
  ['an object that spreads nothing', "knex('tasks').insert({ id, name, created_by })"],
])('not of %s', async (_, code) => {
  expect(await lacking(code)).toEqual(lacks);
});

test('a column that a row is read without is still one', async () => {
  const code = `interface Task { id: string; name: string; note: string | null }
    query<Task>('SELECT * FROM tasks'); db('tasks').insert({ ...task, created_by })`;
  const { findings } = await findingsOf(catalogOf(...tables), code, {}, 'models.ts');
  expect(findings.map(({ severity, id }) => `${severity} ${id}`)).toEqual(['warning missing-field/tasks/created_by']);
});

test.each([
  ['that has its table by its name alone', '', ['error insert-missing-required', 'info missing-field']],
  ['that rows are read as', "query<Task>('SELECT id, name, note FROM tasks');", ['error missing-field']],
])('an INSERT that fails, beside a type %s', async (_, reads, want) => {
  const code = `interface Task { id: string; name: string; note: string | null } ${reads}
    const create = (task: Task) => query('INSERT INTO tasks (id, name) VALUES ($1, $2)', [task.id, task.name]);`;
  const { findings } = await findingsOf(catalogOf(...tables), code, {}, 'models.ts');
  expect(findings.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual(want);
});
