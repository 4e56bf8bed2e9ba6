import { expect, test } from '@jest/globals';
import { suggestModel } from '../../src/drift/suggest.js';
import { catalogOf, findingsOf, relation } from './support.js';

/** What is to be pasted in place of a model: its columns in the table's order, and as a comment what is none. */
const columns = {
  id: 'int8!',
  task_id: 'int8!',
  retry_limit: 'int4',
  kind: 'text!',
  done_at: 'timestamptz',
  type: 'text',
};

async function suggested(
  text: string,
  file?: string,
  more: Readonly<Record<string, string>> = {},
): Promise<(readonly string[] | undefined)[]> {
  const { pairings, findings } = await findingsOf(
    catalogOf(relation('steps', { ...columns, ...more })),
    text,
    {},
    file,
  );
  return pairings.map((pairing) => suggestModel(pairing, findings)?.split('\n'));
}

test.each([
  [
    'Rust',
    'models.rs',
    'struct Step { id: i32, max_retries: Option<i32>, #[sqlx(rename = "kind")] sort: String, done_at: DateTime<Utc>, extra: bool }',
    [
      'pub struct Step {',
      '    pub id: i64,',
      '    pub task_id: i64,',
      '    pub retry_limit: Option<i32>,',
      '    #[sqlx(rename = "kind")]',
      '    pub sort: String,',
      '    pub done_at: Option<DateTime<Utc>>,',
      '    pub r#type: Option<String>,',
      '    // extra: bool is not a column of steps',
      '}',
    ],
  ],
  [
    'TypeScript in camelCase',
    'models.ts',
    'interface Step { id: number; taskId: string; kind: string; doneAt: Date; extra: boolean }',
    [
      'export interface Step {',
      '  id: string;',
      '  taskId: string;',
      '  retryLimit: number | null;',
      '  kind: string;',
      '  doneAt: Date | null;',
      '  type: string | null;',
      '  "odd name": boolean;',
      '  // extra: boolean is not a column of steps',
      '}',
    ],
  ],
  [
    'TypeScript in snake_case',
    'models.ts',
    'interface Step { id: string; task_id: string; kind: string; doneAt: Date }',
    [
      'export interface Step {',
      '  id: string;',
      '  task_id: string;',
      '  retry_limit: number | null;',
      '  kind: string;',
      '  done_at: Date | null;',
      '  type: string | null;',
      '  "odd name": boolean;',
      '}',
    ],
  ],
])('a model in %s', async (_, file, text, want) => {
  expect(await suggested(text, file, file.endsWith('.ts') ? { 'odd name': 'bool!' } : {})).toEqual([want]);
});

test('a column that no identifier is called like gets one, and an attribute; read again, nothing is missing', async () => {
  const more = { 'odd name': 'bool!', '1st': 'text', self: 'text', '!': 'text' };
  const [lines = []] = await suggested(
    'struct Step { id: i32, task_id: i64, retry_limit: Option<i32>, kind: String, done_at: Option<DateTime<Utc>>, r#type: Option<String> }',
    'models.rs',
    more,
  );
  expect(lines?.slice(7)).toEqual([
    '    #[sqlx(rename = "odd name")]',
    '    pub odd_name: bool,',
    '    #[sqlx(rename = "1st")]',
    '    pub _1st: Option<String>,',
    '    #[sqlx(rename = "self")]',
    '    pub self_: Option<String>,',
    '    #[sqlx(rename = "!")]',
    '    pub __: Option<String>,',
    '}',
  ]);
  expect(await suggested((lines ?? []).join('\n'), 'models.rs', more)).toEqual([undefined]);
});

test('nothing for a model that has no fault', async () => {
  expect(
    await suggested(
      'struct Step { id: i64, task_id: i64, retry_limit: Option<i32>, kind: String, done_at: Option<DateTime<Utc>>, r#type: Option<String>}',
    ),
  ).toEqual([undefined]);
});

test('of an id and its relation, which stand for one column, the first is kept', async () => {
  const text =
    "@Entity('rows') class Row { @PrimaryColumn() id!: number; @Column() task_id!: string; @ManyToOne() @JoinColumn({ name: 'task_id' }) task!: Task }";
  const { pairings, findings } = await findingsOf(
    catalogOf(relation('rows', { id: 'int4!', task_id: 'text!', note: 'text' })),
    text,
    {},
    'models.ts',
  );
  expect(pairings.map((pairing) => suggestModel(pairing, findings)?.split('\n'))).toEqual([
    ['export class Row {', '  id: number;', '  task_id: string;', '  note: string | null;', '}'],
  ]);
});
