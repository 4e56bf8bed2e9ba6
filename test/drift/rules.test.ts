import { describe, expect, test } from '@jest/globals';
import type { Relation, RoutineArgument, RoutineFact } from '../../src/catalog/catalog.js';
import type { DriftSettings } from '../../src/drift/settings.js';
import { catalogOf, column, findingsOf, relation } from './support.js';

interface Case {
  readonly given: string;
  readonly tables?: readonly Relation[];
  readonly functions?: readonly RoutineFact[];
  readonly settings?: Partial<DriftSettings>;
  readonly file?: string;
  readonly want: readonly string[];
}

const tasks = relation('tasks', { id: 'int8!', name: 'varchar!' }, { primaryKey: { name: 'pk', columns: ['id'] } });
const keyOfTask = {
  name: 'fk',
  columns: ['task_id'],
  references: { schema: 'public', name: 'tasks', columns: ['id'] },
};
const moves = (columns: Readonly<Record<string, string>>) =>
  relation('task_moves', { task_id: 'int8!', ...columns }, { foreignKeys: [keyOfTask] });
const routine = (...args: readonly (readonly [name: string, mode: RoutineArgument['mode']])[]): RoutineFact => ({
  schema: 'public',
  name: 'f',
  kind: 'function',
  volatility: 'stable',
  arguments: args.map(([name, mode]) => ({ name, mode, type: { name: 'int8', sql: 'bigint' } })),
});
/** What says that a struct is the table's own. */
const own = '/// Maps to `tasks`\n#[derive(FromRow)]';
const one = (type: string) => [relation('things', { a: type })];
/** A struct of a table with an int4, and the code that fills it. */
const filled = (field: string, code: string) => ({
  tables: one('int4!'),
  given: `struct Thing { ${field} } fn f() { ${code}; }`,
});

const cases: Readonly<Record<string, readonly (readonly [name: string, Case])[]>> = {
  'missing-field': [
    [
      'an error where an INSERT needs it, of a struct that is the table’s own',
      { given: `${own} struct Task { id: i64 }`, want: ['error missing-field/tasks/name'] },
    ],
    [
      'information where a reader does not select it',
      { given: '#[derive(FromRow)] struct Task { id: i64 }', want: ['info missing-field/tasks/name'] },
    ],
    [
      'a warning where Diesel reads by position, unless a query selects fewer columns',
      {
        given: '#[derive(Queryable)] #[diesel(table_name = tasks)] struct Task { id: i64 }',
        want: ['warning missing-field/tasks/name'],
      },
    ],
    [
      'information where Diesel selects by name',
      { given: '#[derive(Queryable, Selectable)] struct Task { id: i64 }', want: ['info missing-field/tasks/name'] },
    ],
    [
      'an error where rows are inserted from the model',
      {
        given: '#[derive(Selectable, Insertable)] struct Task { id: i64 }',
        want: ['error missing-field/tasks/name'],
      },
    ],
    [
      'no error where the insert model has it',
      {
        given: `${own} struct Task { id: i64 } struct NewTask { name: String }`,
        want: ['warning missing-field/tasks/name'],
      },
    ],
    [
      'an error where the insert model lacks it',
      {
        given:
          '#[derive(FromRow)] struct Task { id: i64 } #[derive(Insertable)] #[diesel(table_name = tasks)] struct Fresh { id: i64 }',
        want: ['error missing-field/tasks/name'],
      },
    ],
    [
      'an error where an INSERT lacks it',
      {
        given: '#[derive(FromRow)] struct Task { id: i64 } fn f() { q("INSERT INTO tasks (id) VALUES ($1)"); }',
        want: ['error missing-field/tasks/name'],
      },
    ],
    [
      'no error where a trigger may fill it',
      {
        tables: [relation('tasks', { id: 'int8!', name: 'text!' }, { fillsInserts: true })],
        given: `${own} struct Task { id: i64 }`,
        want: ['warning missing-field/tasks/name'],
      },
    ],
    [
      'an error where the trigger is known to fill others',
      {
        tables: [
          relation(
            'tasks',
            { id: 'int8!', name: 'text!', seen: 'timestamptz' },
            {
              fillsInserts: true,
              triggers: [
                {
                  name: 'touch',
                  timing: 'before',
                  events: ['insert'],
                  level: 'row',
                  function: { schema: 'public', name: 'touch' },
                  sets: ['seen'],
                },
              ],
            },
          ),
        ],
        given: `${own} struct Task { id: i64, seen: Option<DateTime<Utc>> }`,
        want: ['error missing-field/tasks/name'],
      },
    ],
    [
      'information where a parent that no file declares may have it',
      {
        file: 'm.ts',
        tables: [relation('tasks', { id: 'int8!', name: 'text!' })],
        given: 'class Task extends Model { static tableName = "tasks"; name!: string }',
        want: ['info missing-field/tasks/id'],
      },
    ],
    [
      'beside a rename that is only possible',
      {
        tables: [relation('tasks', { id: 'int8!', seat_row: 'text!' })],
        given: '#[derive(FromRow)] struct Task { id: i64, seat_number: String }',
        want: [
          'info missing-field/tasks/seat_row',
          'error extra-field/tasks/seat_number unknown',
          'info renamed-field/tasks/seat_row/seat_number possible',
        ],
      },
    ],
    [
      'a warning with a default',
      {
        tables: [relation('tasks', { id: 'int8!', name: "varchar! = 'x'::text" })],
        given: `${own} struct Task { id: i64 }`,
        want: ['warning missing-field/tasks/name'],
      },
    ],
    [
      'a warning with an identity',
      {
        tables: [
          relation('tasks', {}, { columns: [{ ...column('id', 'int8!'), identity: 'always' }, column('a', 'int4')] }),
        ],
        given: `${own} struct Task { a: Option<i32> }`,
        want: ['warning missing-field/tasks/id'],
      },
    ],
    [
      'nothing for a part of a table',
      {
        given: 'struct Task { id: i64, name: String } #[diesel(table_name = tasks)] struct TaskName { name: String }',
        want: [],
      },
    ],
    [
      'switched off',
      { settings: { severities: { 'missing-field': 'off' } }, given: 'struct Task { id: i64 }', want: [] },
    ],
    [
      'with another severity',
      {
        settings: { severities: { 'missing-field': 'info' } },
        given: 'struct Task { id: i64 }',
        want: ['info missing-field/tasks/name'],
      },
    ],
  ],
  'extra-field': [
    [
      'an error where rows are read into the model',
      {
        given: '#[derive(FromRow)] struct Task { id: i64, name: String, x: bool }',
        want: ['error extra-field/tasks/x unknown'],
      },
    ],
    [
      'a warning where a row may lack it',
      {
        given: '#[derive(FromRow)] struct Task { id: i64, name: String, #[sqlx(default)] x: bool }',
        want: ['warning extra-field/tasks/x unknown'],
      },
    ],
    [
      'derived from what a statement names so',
      {
        given:
          '#[derive(FromRow)] struct Task { id: i64, name: String, steps: i64 } fn f() { q("SELECT id, name, count(*) AS \\"steps!: i64\\" FROM tasks"); }',
        want: ['info extra-field/tasks/steps derived'],
      },
    ],
    [
      'unknown',
      { given: 'struct Task { id: i64, name: String, x: bool }', want: ['warning extra-field/tasks/x unknown'] },
    ],
    [
      'declared',
      {
        settings: { computed: [{ table: 'tasks', field: 'ageSeconds' }] },
        given: 'struct Task { id: i64, name: String, age_seconds: i32 }',
        want: ['info extra-field/tasks/age_seconds declared'],
      },
    ],
    [
      'written',
      {
        given:
          'struct Task { id: i64, name: String, x: bool } fn f() { q("UPDATE tasks AS t SET name = concat($1, \'a, x = \'), X = true WHERE id = 1"); }',
        want: ['error extra-field/tasks/x written'],
      },
    ],
    [
      'written by an INSERT',
      {
        given:
          'struct Task { id: i64, name: String, x: bool } fn f() { q("INSERT INTO public.tasks (name, \\"x\\") VALUES ($1, $2)"); }',
        want: ['error insert-missing-required/tasks/id fails', 'error extra-field/tasks/x written'],
      },
    ],
    [
      'not written by a WHERE',
      {
        given:
          'struct Task { id: i64, name: String, x: bool } fn f() { q("UPDATE tasks SET name = $1 WHERE x = true"); }',
        want: ['warning extra-field/tasks/x unknown'],
      },
    ],
    [
      'derived from a view',
      {
        tables: [tasks, relation('task_ages', { id: 'int8', age: 'int4' }, { kind: 'view' })],
        settings: { severities: { 'missing-model': 'off' } },
        given: 'struct Task { id: i64, name: String, age: i32 }',
        want: ['info extra-field/tasks/age derived'],
      },
    ],
    [
      'derived from no table, and no view without the key',
      {
        tables: [
          tasks,
          relation('ages', { id: 'int8', age: 'int4' }),
          relation('old', { task: 'int8', age: 'int4' }, { kind: 'view' }),
        ],
        given: 'struct Task { id: i64, name: String, age: i32 }',
        want: ['warning extra-field/tasks/age unknown'],
      },
    ],
    [
      'derived from no view of other tables',
      {
        tables: [
          relation(
            'fees',
            { id: 'int8!', a: 'text!', b: 'text!', c: 'text!' },
            { primaryKey: { name: 'k', columns: ['id'] } },
          ),
          relation('payments', { id: 'int8!', d: 'text!', e: 'text!' }),
          relation('all_payments', { id: 'int8', age: 'int4', a: 'text', d: 'text', e: 'text' }, { kind: 'view' }),
        ],
        given: 'struct Fee { id: i64, a: String, b: String, c: String, age: i32 }',
        want: ['warning extra-field/fees/age unknown'],
      },
    ],
    [
      'derived from no view where nothing tells the rows',
      {
        tables: [relation('tasks', { id: 'int8!' }), relation('ages', { id: 'int8', age: 'int4' }, { kind: 'view' })],
        given: 'struct Task { id: i64, age: i32 }',
        want: ['warning extra-field/tasks/age unknown'],
      },
    ],
    [
      'derived from a function that gives the key too',
      {
        functions: [routine(['id', 'table'], ['age', 'table'])],
        given: 'struct Task { id: i64, name: String, age: i32 }',
        want: ['info extra-field/tasks/age derived'],
      },
    ],
    [
      'derived from no function that only takes it',
      {
        functions: [routine(['id', 'in'], ['age', 'out']), routine(['id', 'out'], ['age', 'variadic'])],
        given: 'struct Task { id: i64, name: String, age: i32 }',
        want: ['warning extra-field/tasks/age unknown'],
      },
    ],
    [
      'derived from transitions',
      {
        tables: [tasks, moves({ to_state: 'text!', metadata: 'jsonb' })],
        given:
          'struct Task { id: i64, name: String, state: String, last_status: String, my_own_state: String, latest_error: String, most_recent_error: String, error: String, last_word: String }',
        want: [
          'warning extra-field/tasks/error unknown',
          'warning extra-field/tasks/last_word unknown',
          'warning extra-field/tasks/my_own_state unknown',
          'info extra-field/tasks/last_status derived',
          'info extra-field/tasks/latest_error derived',
          'info extra-field/tasks/most_recent_error derived',
          'info extra-field/tasks/state derived',
        ],
      },
    ],
    [
      'derived from no transitions that say nothing of it',
      {
        tables: [tasks, moves({ to_state: 'text!', note: 'jsonb' })],
        given: 'struct Task { id: i64, name: String, latest_error: String }',
        want: ['warning extra-field/tasks/latest_error unknown'],
      },
    ],
    [
      'derived from no table that is only like transitions',
      {
        tables: [tasks, moves({ state: 'text!', metadata: 'jsonb' })],
        given: 'struct Task { id: i64, name: String, state: String, latest_error: String }',
        want: ['warning extra-field/tasks/latest_error unknown', 'warning extra-field/tasks/state unknown'],
      },
    ],
    [
      'declared of another table',
      {
        settings: {
          computed: [
            { table: 'others', field: 'x' },
            { table: 'tasks', field: 'y' },
          ],
        },
        given: 'struct Task { id: i64, name: String, x: i32 }',
        want: ['warning extra-field/tasks/x unknown'],
      },
    ],
    ...[
      [
        'beside its id',
        '@Column({ name: "parent_id" }) parent_id!: string; @ManyToOne() @JoinColumn({ name: "parent_id" }) parent!: Task',
      ],
      [
        'beside its id, which the library names',
        '@Column() parent_id!: string; @ManyToOne() @JoinColumn({ name: "parent_id" }) parent!: Task',
      ],
      ['before its id', '@ManyToOne() @JoinColumn({ name: "parent_id" }) parent!: Task; @Column() parentId!: string'],
      ['whose column the library names', '@Column() parent_id!: string; @ManyToOne() parent!: Task'],
    ].map(([name, fields]): readonly [string, Case] => [
      `not for a relation ${name}`,
      {
        file: 'm.ts',
        tables: [relation('tasks', { id: 'uuid!', parent_id: 'uuid!' })],
        given: `@Entity("tasks") class Task { @PrimaryColumn() id!: string; ${fields} }`,
        want: [],
      },
    ]),
    [
      'for a second field that only has its name in another case',
      {
        file: 'm.ts',
        tables: [relation('things', { retry_count: 'int4!' })],
        given: 'interface Thing { retry_count: number; retryCount: number }',
        want: ['warning extra-field/things/retryCount unknown'],
      },
    ],
    [
      'not for skipped fields and for parts',
      {
        given: 'struct Task { id: i64, name: String, #[sqlx(skip)] x: bool, owner: Owner } struct Owner { id: i64 }',
        tables: [tasks, relation('owners', { id: 'int8!' })],
        want: [],
      },
    ],
  ],
  'type-mismatch under sqlx': [
    [
      'width',
      { tables: one('int8!'), given: 'struct Thing { a: i32 }', want: ['error type-mismatch/things/a/a width i64'] },
    ],
    [
      'a wider integer is refused too',
      { tables: one('int4!'), given: 'struct Thing { a: i64 }', want: ['error type-mismatch/things/a/a width i32'] },
    ],
    [
      'nothing for a wider integer that query_as! fills',
      { ...filled('a: i64', 'query_as!(Thing, "SELECT a FROM things")'), want: [] },
    ],
    [
      'a narrower integer that query_as! fills',
      {
        ...filled('a: i16', 'query_as!(Thing, "SELECT a FROM things")'),
        want: ['error type-mismatch/things/a/a width i32'],
      },
    ],
    [
      'a wider integer that another call fills too',
      {
        ...filled('a: i64', 'query_as!(Thing, "SELECT a FROM things"); query_as::<_, Thing>("SELECT a FROM things")'),
        want: ['error type-mismatch/things/a/a width i32'],
      },
    ],
    [
      'a wider integer that may be null, which into() does not make',
      {
        ...filled('a: Option<i64>', 'query_as!(Thing, "SELECT a FROM things")'),
        want: [
          'error type-mismatch/things/a/a width Option<i32>',
          'info nullability-mismatch/things/a/a never-null i32',
        ],
      },
    ],
    [
      'timezone',
      {
        tables: one('timestamp'),
        given: 'struct Thing { a: Option<DateTime<Utc>> }',
        want: ['error type-mismatch/things/a/a timezone Option<NaiveDateTime>'],
      },
    ],
    [
      'timezone, the other way',
      {
        tables: one('timestamptz!'),
        given: 'struct Thing { a: NaiveDateTime }',
        want: ['error type-mismatch/things/a/a timezone DateTime<Utc>'],
      },
    ],
    [
      'category',
      {
        tables: one('varchar!'),
        given: 'struct Thing { a: i32 }',
        want: ['error type-mismatch/things/a/a category String'],
      },
    ],
    [
      'an array',
      {
        tables: one('text[]!'),
        given: 'struct Thing { a: String }',
        want: ['error type-mismatch/things/a/a category Vec<String>'],
      },
    ],
    [
      'a map, and not a newtype of one',
      {
        tables: [relation('things', { a: 'jsonb!', b: 'jsonb!' })],
        given: 'struct Map(HashMap<String, i64>); struct Thing { a: Map, b: HashMap<String, i64> }',
        want: ['error type-mismatch/things/b/b category serde_json::Value', 'info unknown-type/things/a/a'],
      },
    ],
    ['JSON in a wrapper', { tables: one('jsonb!'), given: 'struct Thing { a: Json<Settings> }', want: [] }],
    [
      'a domain',
      {
        tables: [
          relation(
            'things',
            {},
            { columns: [{ name: 'a', type: { schema: 'public', name: 'email', sql: 'email' }, notNull: true }] },
          ),
        ],
        given: 'struct Thing { a: i32 }',
        want: ['error type-mismatch/things/a/a category String'],
      },
    ],
  ],
  'type-mismatch elsewhere': [
    [
      'Diesel reads timestamptz into NaiveDateTime',
      { tables: one('timestamptz!'), given: '#[derive(Queryable)] struct Thing { a: NaiveDateTime }', want: [] },
    ],
    [
      'Diesel reads an interval into a duration of chrono, by its new name too',
      { tables: one('interval!'), given: '#[derive(Queryable)] struct Thing { a: TimeDelta }', want: [] },
    ],
    [
      'Diesel and widths',
      {
        tables: one('int8!'),
        given: '#[derive(Queryable)] struct Thing { a: i32 }',
        want: ['error type-mismatch/things/a/a width i64'],
      },
    ],
    [
      'the config says Diesel',
      {
        tables: one('timestamptz!'),
        settings: { profiles: { rust: 'diesel' } },
        given: 'struct Thing { a: NaiveDateTime }',
        want: [],
      },
    ],
    [
      'bigint is a string with pg',
      {
        tables: one('int8!'),
        file: 'm.ts',
        given: 'interface Thing { a: number }',
        want: ['error type-mismatch/things/a/a category string'],
      },
    ],
    [
      'both timestamps are Date',
      {
        tables: [relation('things', { a: 'timestamp!', b: 'timestamptz!' })],
        file: 'm.ts',
        given: 'interface Thing { a: Date; b: Date }',
        want: [],
      },
    ],
    [
      'a union that has the type',
      { tables: one('timestamp!'), file: 'm.ts', given: 'interface Thing { a: Date | string }', want: [] },
    ],
    [
      'arrays that pg does not parse',
      {
        tables: [relation('things', { a: 'int4range[]!', b: 'numeric[]!', c: 'citext[]!' })],
        file: 'm.ts',
        given: 'interface Thing { a: string; b: number[]; c: string[] }',
        want: [],
      },
    ],
    ['any JSON', { tables: one('jsonb!'), file: 'm.ts', given: 'interface Thing { a: { x: number }[] }', want: [] }],
  ],
  'nullability-mismatch': [
    [
      'may be null',
      {
        tables: one('int4'),
        given: 'struct Thing { a: i32 }',
        want: ['error nullability-mismatch/things/a/a may-be-null Option<i32>'],
      },
    ],
    [
      'never null',
      {
        tables: one('int4!'),
        given: 'struct Thing { a: Option<i32> }',
        want: ['info nullability-mismatch/things/a/a never-null i32'],
      },
    ],
    [
      'a warning where an expression gives the value',
      {
        tables: one('int4').map((table) => ({
          ...table,
          columns: table.columns.map((column) =>
            column.name === 'a' ? { ...column, generated: 'stored' as const } : column,
          ),
        })),
        given: 'struct Thing { a: i32 }',
        want: ['warning nullability-mismatch/things/a/a may-be-null Option<i32>'],
      },
    ],
    [
      'information where the library fills the column',
      {
        tables: [relation('things', { id: 'int4!', a: 'timestamptz', b: 'timestamptz = now()', c: 'timestamptz' })],
        file: 'm.ts',
        given:
          '@Entity("things") class Thing { @PrimaryColumn() id!: number; @CreateDateColumn() a!: Date; @UpdateDateColumn({ name: "b" }) changed!: Date; @Column() c!: Date }',
        want: [
          'error nullability-mismatch/things/c/c may-be-null Date | null',
          'info nullability-mismatch/things/a/a may-be-null Date | null',
          'info nullability-mismatch/things/b/changed may-be-null Date | null',
        ],
      },
    ],
    [
      'information where a default gives each row a value, and null fails no read',
      {
        tables: [relation('things', { a: 'timestamptz = now()', b: 'timestamptz = CURRENT_TIMESTAMP', c: 'int4 = 1' })],
        file: 'm.ts',
        given: 'interface Thing { a: Date; b: Date; c: number }',
        want: [
          'info nullability-mismatch/things/a/a may-be-null Date | null',
          'info nullability-mismatch/things/b/b may-be-null Date | null',
          'info nullability-mismatch/things/c/c may-be-null number | null',
        ],
      },
    ],
    [
      'an error where an entity says that there is no null, whatever the default',
      {
        tables: [relation('parts', { a: 'int4 = 1' })],
        file: 'm.ts',
        given: "@Entity('parts') class Part { @Column() a: number }",
        want: ['error nullability-mismatch/parts/a/a may-be-null number | null'],
      },
    ],
    [
      'an error where the code sets the column to null in spite of its default',
      {
        tables: [relation('things', { a: 'int4 = 1', b: 'int4 = 1' })],
        file: 'm.ts',
        given: "interface Thing { a: number; b: number } query('UPDATE things SET b = NULL');",
        want: [
          'error nullability-mismatch/things/b/b may-be-null number | null',
          'info nullability-mismatch/things/a/a may-be-null number | null',
        ],
      },
    ],
    [
      'information where the type counts on the default',
      {
        tables: [relation('things', { a: "text[] = '{}'", b: 'text = NULL::text', c: 'text', d: 'int4 = 1' })],
        file: 'm.ts',
        given:
          'interface Thing { a: Generated<string[]>; b: Generated<string>; c: Generated<string>; d: Generated<number> | undefined }',
        want: [
          'error nullability-mismatch/things/b/b may-be-null string | null',
          'error nullability-mismatch/things/c/c may-be-null string | null',
          'warning nullability-mismatch/things/d/d undefined Generated<number> | null',
          'info nullability-mismatch/things/a/a may-be-null Generated<string[]> | null',
        ],
      },
    ],
    [
      'an error where null fails the read, whatever the default',
      {
        tables: [relation('things', { a: 'timestamptz = now()' })],
        given: '#[derive(FromRow)] struct Thing { a: DateTime<Utc> }',
        want: ['error nullability-mismatch/things/a/a may-be-null Option<DateTime<Utc>>'],
      },
    ],
    [
      'null and undefined',
      {
        tables: [relation('things', { a: 'int4', b: 'int4' })],
        file: 'm.ts',
        given: 'interface Thing { a?: number; b: number | null }',
        want: ['warning nullability-mismatch/things/a/a undefined number | null'],
      },
    ],
    [
      'a domain that refuses null',
      {
        tables: [
          relation(
            'things',
            {},
            { columns: [{ name: 'a', type: { schema: 'public', name: 'required', sql: 'required' }, notNull: false }] },
          ),
        ],
        given: 'struct Thing { a: String }',
        want: [],
      },
    ],
    [
      'a view proves nothing',
      { tables: [relation('things', { a: 'int4' }, { kind: 'view' })], given: 'struct Thing { a: i32 }', want: [] },
    ],
  ],
  'renamed-field': [
    [
      'its type and nullability are compared too',
      {
        tables: [relation('things', { id: 'int8!', retry_limit: 'int8' })],
        given: 'struct Thing { id: i64, max_retries: i32 }',
        want: [
          'error renamed-field/things/retry_limit/max_retries likely',
          'error type-mismatch/things/retry_limit/max_retries width i64',
          'error nullability-mismatch/things/retry_limit/max_retries may-be-null Option<i64>',
        ],
      },
    ],
    [
      'a name that serde gives',
      {
        tables: [relation('things', { code: 'text!' })],
        given: '#[derive(FromRow)] struct Thing { #[serde(rename = "code")] a: String }',
        want: ['error renamed-field/things/code/a confirmed'],
      },
    ],
    [
      'an attribute is no rename',
      {
        tables: [relation('things', { code: 'text!' })],
        given: 'struct Thing { #[sqlx(rename = "code")] a: String }',
        want: [],
      },
    ],
    [
      'camelCase is no rename in TypeScript',
      {
        tables: [relation('things', { task_id: 'text!' })],
        file: 'm.ts',
        given: 'interface Thing { taskId: string }',
        want: [],
      },
    ],
  ],
  models: [
    [
      'missing-model: tables warn, views inform, tools do not',
      {
        tables: [tasks, relation('v', { a: 'int4' }, { kind: 'view' }), relation('_sqlx_migrations', { a: 'int4' })],
        given: 'struct Unrelated { x: i32 }',
        want: ['warning missing-model/tasks', 'info missing-model/v', 'info unmapped-model/Unrelated'],
      },
    ],
    [
      'unmapped-model: not of a table that an INSERT fills with columns, nor of a function',
      {
        tables: [relation('user_roles', { id: 'int8!' })],
        given:
          'struct Link { id: i64 } fn f() { query_as!(Link, "INSERT INTO user_roles (id) SELECT * FROM generate_series (1, 2) RETURNING id"); }',
        want: [],
      },
    ],
    [
      'unmapped-model: what reads rows warns',
      {
        given: 'struct Task { id: i64, name: String } #[derive(FromRow)] struct Count { n: i64 }',
        want: ['warning unmapped-model/Count'],
      },
    ],
    [
      'unmapped-model: a table that is not there',
      {
        given: 'struct Task { id: i64, name: String } /// Maps to `gone`\nstruct Gone { id: i64 }',
        want: ['error unmapped-model/Gone'],
      },
    ],
    [
      'unread',
      {
        given: 'struct Task { id: i64, name: String } model! { struct X { a: i32 } }',
        want: ['warning unread/X macro'],
      },
    ],
    [
      'broken text is an error, whatever the config says',
      {
        settings: { severities: { unread: 'off' } },
        given: 'struct Task { id: i64, name: String } struct Y { a: ',
        want: ['error unread/models.rs broken'],
      },
    ],
    [
      'unknown-type',
      {
        tables: [relation('things', { a: 'text!', b: 'hypercube!' })],
        given: 'struct Thing { a: other::Name, b: String }',
        want: ['info unknown-type/things/a/a', 'info unknown-type/things/b/b'],
      },
    ],
  ],
  'opt-in': [
    [
      'off unless asked for',
      {
        tables: [relation('things', { a: 'int4!', b: `jsonb! = '"{}"'::jsonb` })],
        given: 'struct Thing { a: i32, b: Value } struct NewThing { b: Value }',
        want: [],
      },
    ],
    [
      'insert-missing-required',
      {
        settings: { severities: { 'insert-missing-required': 'error' } },
        given: 'struct Task { id: i64, name: String } struct NewTask { id: i64 }',
        want: ['error insert-missing-required/tasks/name'],
      },
    ],
    [
      'suspicious-default',
      {
        tables: [
          relation('things', { a: `jsonb! = '"{}"'::jsonb`, b: `jsonb! = '{}'::jsonb`, c: `jsonb! = '"on"'::jsonb` }),
        ],
        settings: { severities: { 'suspicious-default': 'warning' } },
        given: 'struct Thing { a: Value, b: Value, c: Value }',
        want: ["warning suspicious-default/things/a '{}'::jsonb"],
      },
    ],
    [
      'suspicious-default: what was quoted twice, and nothing else',
      {
        tables: [
          relation('things', {
            a: `json! = '"[1]"'::json`,
            b: `jsonb! = '" {}"'::jsonb`,
            c: `jsonb! = '"it''s {}"'::jsonb`,
            d: `jsonb! = f('"{}"'::jsonb)`,
            e: `text! = '"{}"'::text`,
            f: `jsonb! = ('"{}"'::jsonb -> 1)`,
            g: "jsonb! = '1'::jsonb",
          }),
        ],
        settings: { severities: { 'suspicious-default': 'warning' } },
        given: 'struct Thing { a: Value, b: Value, c: Value, d: Value, e: String, f: Value, g: Value }',
        want: ["warning suspicious-default/things/a '[1]'::json", "warning suspicious-default/things/b ' {}'::jsonb"],
      },
    ],
    [
      'fk-type-mismatch of one of two columns',
      {
        tables: [
          relation('pairs', { a: 'int8!', b: 'text!' }),
          relation(
            'steps',
            { x: 'int8!', y: 'varchar!' },
            {
              foreignKeys: [
                {
                  name: 'fk',
                  columns: ['x', 'y'],
                  references: { schema: 'public', name: 'pairs', columns: ['a', 'b'] },
                },
                { name: 'gone', columns: ['x'], references: { schema: 'other', name: 'pairs', columns: ['b'] } },
              ],
            },
          ),
        ],
        settings: { severities: { 'fk-type-mismatch': 'warning' } },
        given: 'struct Pair { a: i64, b: String } struct Step { x: i64, y: String }',
        want: ['warning fk-type-mismatch/steps/y text'],
      },
    ],
    [
      'fk-type-mismatch',
      {
        tables: [
          tasks,
          relation(
            'steps',
            { task_id: 'int4!' },
            {
              foreignKeys: [
                { name: 'fk', columns: ['task_id'], references: { schema: 'public', name: 'tasks', columns: ['id'] } },
              ],
            },
          ),
        ],
        settings: { severities: { 'fk-type-mismatch': 'warning' } },
        given: 'struct Task { id: i64, name: String } struct Step { task_id: i32 }',
        want: ['warning fk-type-mismatch/steps/task_id bigint'],
      },
    ],
  ],
};

describe.each(Object.entries(cases))('%s', (_, list) => {
  test.each(list)('%s', async (__, { given, tables = [tasks], functions = [], settings = {}, file, want }) => {
    const catalog = {
      ...catalogOf(...tables),
      functions,
      domains: ['email', 'required'].map((name) => ({
        schema: 'public',
        name,
        base: { name: 'text', sql: 'text' },
        notNull: name === 'required',
        checks: [],
      })),
    };
    const { findings } = await findingsOf(catalog, given, settings, file);
    const spelled = findings
      .filter(({ rule }) => !(rule === 'missing-model' && want.every((text) => !text.includes('missing-model'))))
      .map(({ severity, id, kind, expected }) =>
        [
          severity,
          id,
          ...(kind === undefined ? [] : [kind]),
          ...(expected === undefined || id.startsWith('missing-field') ? [] : [expected]),
        ].join(' '),
      );
    expect(spelled).toEqual(want);
  });
});

describe('mapping', () => {
  const status = async (
    text: string,
    tables: readonly Relation[],
    file?: string,
    settings: Partial<DriftSettings> = {},
  ) =>
    (await findingsOf(catalogOf(...tables), text, settings, file)).models.map(
      ({ model, status: kind, relation: found }) => `${model.name} ${kind} ${found?.name ?? '-'}`,
    );
  const prefixed = ['app_users', 'app_named_tasks_named_steps', 'app_people'].map((name) =>
    relation(name, { id: 'int8!', first: 'text', second: 'text', third: 'text', fourth: 'text' }),
  );

  test.each([
    [
      'singular and plural',
      'struct Person { id: i64 }',
      [relation('people', { id: 'int8!' })],
      ['Person compared people'],
    ],
    [
      'a prefix that all tables have',
      'struct User { id: i64 } struct NamedTaskNamedStep { id: i64 }',
      prefixed,
      ['User compared app_users', 'NamedTaskNamedStep compared app_named_tasks_named_steps'],
    ],
    [
      'endings',
      'struct UserRow { id: i64 } struct PersonEntity { id: i64 }',
      prefixed,
      ['UserRow compared app_users', 'PersonEntity compared app_people'],
    ],
    [
      'columns',
      'struct Customer { id: i64, alpha: String, beta: String, gamma: String }',
      [relation('x', { id: 'int8!', alpha: 'text!', beta: 'text!', gamma: 'text!' }), tasks],
      ['Customer compared x'],
    ],
    [
      'too few columns',
      'struct Customer { id: i64, alpha: String, name: String }',
      [relation('x', { id: 'int8!', alpha: 'text!', name: 'text!' }), tasks],
      ['Customer unmapped -'],
    ],
    [
      'insert and composition',
      'struct User { id: i64 } struct NewUser { id: i64 } struct Page { users: Vec<User> }',
      prefixed,
      ['User compared app_users', 'NewUser insert app_users', 'Page composition -'],
    ],
    [
      'a table that is really called new_…',
      'struct NewUser { id: i64 }',
      [relation('new_users', { id: 'int8!' })],
      ['NewUser compared new_users'],
    ],
    [
      'another schema by its name',
      '#[diesel(table_name = billing.users)] struct A { id: i64 }',
      [{ ...relation('users', { id: 'int8!' }), schema: 'billing' }],
      ['A compared users'],
    ],
    [
      "Diesel's path to a table",
      '#[diesel(table_name = crate::schema::d_transitions)] struct A { id: i64 }',
      [relation('d_transitions', { id: 'int8!' })],
      ['A compared d_transitions'],
    ],
    [
      'a table of the name in public before others',
      '/// Maps to `users`\nstruct A { id: i64 }',
      [{ ...relation('users', { id: 'int8!' }), schema: 'billing' }, relation('users', { id: 'int8!', x: 'text' })],
      ['A compared users'],
    ],
    [
      'a prefix of too few tables',
      'struct User { id: i64 }',
      [
        relation('app_users', { id: 'int8!' }),
        relation('app_notes', { id: 'int8!' }),
        relation('jobs', { id: 'int8!' }),
      ],
      ['User unmapped -'],
    ],
    [
      'a prefix of less than half of all',
      'struct User { id: i64 }',
      [
        ...['app_users', 'app_notes', 'app_parts'].map((name) => relation(name, { id: 'int8!' })),
        ...['a', 'b', 'c', 'd'].map((name) => relation(name, { id: 'int8!' })),
      ],
      ['User unmapped -'],
    ],
    [
      'a prefix with an underscore before it, which is no word of a table',
      'struct User { id: i64 }',
      [
        ...['_app_users', '_app_notes', '_app_parts'].map((name) => relation(name, { id: 'int8!' })),
        ...['a', 'b', 'c', 'd'].map((name) => relation(name, { id: 'int8!' })),
      ],
      ['User compared _app_users'],
    ],
    [
      'a prefix of half',
      'struct User { id: i64 }',
      [
        ...['app_users', 'app_notes', 'app_parts'].map((name) => relation(name, { id: 'int8!' })),
        ...['a', 'b', 'c'].map((name) => relation(name, { id: 'int8!' })),
      ],
      ['User compared app_users'],
    ],
    [
      'columns of two tables alike',
      'struct Customer { id: i64, alpha: String, beta: String, gamma: String }',
      ['x', 'y'].map((name) => relation(name, { id: 'int8!', alpha: 'text!', beta: 'text!', gamma: 'text!' })),
      ['Customer unmapped -'],
    ],
    [
      'columns of the table that has most',
      'struct Customer { id: i64, alpha: String, beta: String, gamma: String }',
      [
        relation('y', { alpha: 'text!', z: 'text' }),
        relation('x', { id: 'int8!', alpha: 'text!', beta: 'text!', gamma: 'text!', created_at: 'date' }),
      ],
      ['Customer compared x'],
    ],
    [
      'a small part of the columns',
      'struct Customer { alpha: String, beta: String, gamma: String }',
      [
        relation(
          'x',
          Object.fromEntries(['alpha', 'beta', 'gamma', 'd', 'e', 'f', 'g'].map((name) => [name, 'text!'])),
        ),
      ],
      ['Customer unmapped -'],
    ],
    [
      'a small part of the fields',
      'struct Customer { alpha: String, beta: String, gamma: String, p: i32, q: i32, r: i32 }',
      [relation('x', { alpha: 'text!', beta: 'text!', gamma: 'text!' })],
      ['Customer unmapped -'],
    ],
    [
      'a model with a hint that fits nothing, whatever its columns',
      '/// Maps to `gone`\nstruct Customer { alpha: String, beta: String, gamma: String }',
      [relation('x', { alpha: 'text!', beta: 'text!', gamma: 'text!' })],
      ['Customer unmapped -'],
    ],
    [
      'parts, of which the one with most columns is the table',
      'struct UserRow { id: i64, other: i32, more: i32 } struct User { id: i64, first: Option<String> } struct UserModel { id: i64 }',
      [relation('users', { id: 'int8!', first: 'text', second: 'text' })],
      ['UserRow projection users', 'User compared users', 'UserModel projection users'],
    ],
    [
      'two tables of one name in two schemas',
      'struct User { id: i64 }',
      [relation('users', { id: 'int8!' }), { ...relation('users', { id: 'int8!' }), schema: 'billing' }],
      ['User unmapped -'],
    ],
  ])('%s', async (_, text, tables, want) => {
    expect(await status(text, tables)).toEqual(want);
  });

  test('the prefix that the config says, and no other', async () => {
    expect(
      await status(
        'struct User { id: i64 } struct Tab { id: i64 }',
        [relation('tab_users', { id: 'int8!' }), relation('tab_', { id: 'int8!' })],
        'm.rs',
        { stripPrefix: 'tab_' },
      ),
    ).toEqual(['User compared tab_users', 'Tab compared tab_']);
    expect(await status('struct User { id: i64 }', prefixed, 'm.rs', { stripPrefix: 'other_' })).toEqual([
      'User unmapped -',
    ]);
  });

  test('a name that fits tables of two schemas is a warning that says which', async () => {
    const tables = [relation('users', { id: 'int8!' }), { ...relation('users', { id: 'int8!' }), schema: 'billing' }];
    const { findings } = await findingsOf(catalogOf(...tables), 'struct UserRow { id: i64 }');
    expect(findings.filter(({ rule }) => rule === 'unmapped-model')).toMatchObject([
      {
        severity: 'warning',
        message: 'The struct UserRow was not compared: its name fits several tables: users, billing.users.',
      },
    ]);
  });

  test("Diesel's path tells the schema", async () => {
    const tables = [
      relation('invoices', { id: 'int8!' }),
      { ...relation('invoices', { id: 'int8!' }), schema: 'billing' },
    ];
    const { models } = await findingsOf(
      catalogOf(...tables),
      '#[diesel(table_name = schema::billing::invoices)] struct A { id: i64 } #[diesel(table_name = crate::schema::invoices)] struct B { id: i64 }',
    );
    expect(models.map((mapped) => mapped.relation?.schema)).toEqual(['billing', 'public']);
  });

  test('what others inherit is compared there', async () => {
    expect(
      await status(
        'interface Times { created_at: Date } interface User extends Times { id: string }',
        prefixed,
        'm.ts',
      ),
    ).toEqual(['Times other -', 'User compared app_users']);
  });

  test('a table that the DB interface writes out', async () => {
    expect(
      await status(
        'interface DB { app_users: { id: string }; app_people: Omit<{ id: string; x: string }, "x">; other: Elsewhere }',
        prefixed,
        'm.ts',
      ),
    ).toEqual(['DB other -', 'app_users compared app_users', 'app_people compared app_people']);
    const { findings } = await findingsOf(catalogOf(...prefixed), 'interface DB { app_users: string[] }', {}, 'm.ts');
    expect(findings.filter(({ rule }) => rule === 'unread')).toMatchObject([
      { severity: 'warning', message: 'app_users was not read: its table type is not written out.' },
    ]);
  });

  test('digits that camel case writes without an underscore', async () => {
    const tables = [relation('import_log_2024', { id: 'int8!' }), relation('log_1', { id: 'int8!' })];
    const code = 'interface DB { importLog2024: A; log1: B } interface A { id: number } interface B { id: number }';
    expect(await status(code, tables, 'm.ts')).toEqual(['DB other -', 'A compared import_log_2024', 'B unmapped -']);
  });

  test("Kysely's DB interface", async () => {
    expect(
      await status('interface Anything { id: string } interface DB { app_users: Anything }', prefixed, 'm.ts'),
    ).toEqual(['Anything compared app_users', 'DB other -']);
  });
});
