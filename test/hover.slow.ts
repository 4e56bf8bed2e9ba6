import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { repositoryPath } from './support/repository.js';

/** What an editor shows for a result: the model's name, not its expansion. */
const results: readonly (readonly [expression: string, shown: string])[] = [
  ["readTasks(db, (query) => query.where('task.state', '=', 'error'))", 'Promise<Task[]>'],
  ["readTasks(db, ['taskId', 'summary'])", 'Promise<Pick<Task & TaskCode, "taskId" | "summary">[]>'],
  ["findTask(db, '3')", 'Promise<Task | undefined>'],
  [
    "findTask(db, { identityHash: 'h' }, ['state', 'summary'])",
    'Promise<Pick<Task & TaskCode, "state" | "summary"> | undefined>',
  ],
  ['insertTask(db, values)', 'Promise<Task>'],
  ["insertTask(db, values, ['taskId'])", 'Promise<Pick<Task & TaskCode, "taskId">>'],
  ['insertTasks(db, [values])', 'Promise<Task[]>'],
  ["updateTask(db, '3', { reason: 'again' })", 'Promise<Task | undefined>'],
  ["upsertTask(db, values, { on: 'identityHash' })", 'Promise<Task>'],
  ["deleteTask(db, '3')", 'Promise<boolean>'],
  [
    'withRelated(db, [] as Task[], { steps: taskRelations.workflowSteps })',
    'Promise<(Task & { steps: WorkflowStep[]; })[]>',
  ],
  [
    `withRelated(db, [] as Task[], {
      namedTask: taskRelations.namedTask,
      steps: taskRelations.workflowSteps.with({
        fields: ['state'],
        limit: 3,
        related: {
          newest: workflowStepRelations.mostRecentTransition,
          task: workflowStepRelations.task.with({ fields: ['summary'] }),
        },
      }),
      failed: taskRelations.workflowSteps.count({ where: (eb) => eb('state', '=', 'error') }),
      named: taskRelations.workflowSteps.through(workflowStepRelations.namedStep),
    })`,
    'Promise<(Task & { namedTask: NamedTask; steps: (Pick<WorkflowStep, "state"> & { newest: WorkflowStepTransition | null; task: Pick<Task & TaskCode, "summary">; })[]; failed: number; named: NamedStep[]; })[]>',
  ],
  ['readySteps(db, { taskId: 2 })', 'Promise<ReadyStepsRow[]>'],
];

/** The module in the editor. A comment before a name marks a place for the cursor. */
const text = `
  import type { Kysely } from 'kysely';
  import type { DB } from '../generated/db.js';
  import { deleteTask, findTask, insertTask, insertTasks, readTasks, type Task, type TaskInsert, updateTask, upsertTask } from '../generated/models/task.js';
  import type { WorkflowStep, WorkflowStepUpdate } from '../generated/models/workflow-step.js';
  import { readySteps, type ReadyStepsRow } from '../generated/queries/queries/steps.js';
  import { taskRelations, withRelated } from '../generated/relations/task.js';
  import { workflowStepRelations } from '../generated/relations/workflow-step.js';
  declare const db: Kysely<DB>;
  declare const task: Task;
  declare const values: TaskInsert;
  declare const step: WorkflowStep;
  declare const update: WorkflowStepUpdate;
  declare const ready: ReadyStepsRow;
  void /* query */readySteps(db, { taskId: 2 });
  void ready./* queried */context;
  void [task./* stored */taskId, task./* commented */identityHash, task./* computed */state, step./* aliased */retryCount, update./* written */retryCount];
  ${results.map(([expression], index) => `export const result${index} = ${expression};`).join('\n')}`;

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
};
const file = repositoryPath('test/hover.ts');

/** The language service that editors use, on a module that is in no file. */
function editor(moduleText: string): ts.LanguageService {
  return ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const found = name === file ? moduleText : ts.sys.readFile(name);
      return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
    },
    getCurrentDirectory: () => repositoryPath('.'),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    realpath: ts.sys.realpath ?? ((path) => path),
  });
}

/** The line to which "go to definition" leads, and its file. */
function definition(service: ts.LanguageService, moduleText: string, place: string): { file: string; line: string } {
  const [found] = service.getDefinitionAtPosition(file, at(moduleText, place)) ?? [];
  const declared = { fileName: found?.fileName ?? '', pos: found?.textSpan.start ?? 0 };
  // What the language server of editors does with the service's answer.
  const { fileName, pos: start } =
    (service as unknown as Mapping).getSourceMapper().tryGetSourcePosition(declared) ?? declared;
  const target = ts.sys.readFile(fileName) ?? '';
  return {
    file: relative(repositoryPath('.'), fileName),
    line: target.slice(target.lastIndexOf('\n', start) + 1, target.indexOf('\n', start)).trim(),
  };
}

type Position = { readonly fileName: string; readonly pos: number };
interface Mapping {
  getSourceMapper(): { tryGetSourcePosition(position: Position): Position | undefined };
}

const at = (moduleText: string, place: string) => moduleText.indexOf(`/* ${place} */`) + `/* ${place} */`.length;

describe('in an editor', () => {
  let service: ts.LanguageService;
  beforeAll(() => {
    service = editor(text);
  });
  afterAll(() => service.dispose());

  test('results are shown by the names of models', () => {
    expect(service.getSemanticDiagnostics(file).map(({ messageText }) => messageText)).toEqual([]);
    const shown = results.map((_, index) =>
      ts
        .displayPartsToString(service.getQuickInfoAtPosition(file, text.indexOf(`result${index} =`))?.displayParts)
        .replaceAll(/\s+/g, ' '),
    );
    expect(shown).toEqual(results.map(([, type], index) => `const result${index}: ${type}`));
  });

  test.each([
    ['stored', '(property) TaskStored.taskId: string', ''],
    [
      'commented',
      '(property) TaskStored.identityHash: string',
      'Identifies the request; a second task with the same hash is refused.',
    ],
    [
      'computed',
      '(property) TaskComputed.state: "',
      'From the newest row of tasker_task_transitions; "pending" without one.',
    ],
    [
      'aliased',
      '(property) WorkflowStepStored.retryCount: number',
      'How often the step was tried; null until the first attempt.\nColumn `attempts`. Reads as 0 when null.',
    ],
    [
      'written',
      '(property) WorkflowStepUpdate.retryCount?: number | null | undefined',
      'How often the step was tried; null until the first attempt.\nColumn `attempts`.',
    ],
    [
      'query',
      '(alias) readySteps(db: AnyDatabase, args: ReadyStepsArguments): Promise<ReadyStepsRow[]>',
      [
        'The steps of a task that can start now: every step before them is done, and they are new, or failed with tries left.',
        '`depth` counts the steps of the longest way there.',
        'Runs `queries/steps.sql:3`.',
      ].join('\n'),
    ],
    ['queried', '(property) ReadyStepsRow.context: Json', ''],
  ])('what is %s is shown with its type and its comment', (place, shown, comment) => {
    const info = service.getQuickInfoAtPosition(file, at(text, place));
    expect(ts.displayPartsToString(info?.displayParts)).toContain(shown);
    expect(ts.displayPartsToString(info?.documentation)).toBe(comment);
  });

  test.each([
    ['stored', 'generated/models/task.ts', 'taskId: string;'],
    ['computed', 'generated/models/task.ts', 'readonly state: TaskState;'],
    ['aliased', 'generated/models/workflow-step.ts', 'retryCount: number;'],
    ['written', 'generated/models/workflow-step.ts', 'retryCount?: number | null | undefined;'],
    [
      'query',
      'generated/queries/queries/steps.ts',
      'export function readySteps(db: AnyDatabase, args: ReadyStepsArguments): Promise<ReadyStepsRow[]> {',
    ],
    ['queried', 'generated/queries/queries/steps.ts', 'context: Json | null;'],
  ])('the definition of what is %s is its line in the generated file', (place, target, line) => {
    expect(definition(service, text, place)).toEqual({ file: target, line });
  });
});

test('with declaration maps the definition is in the generated source, not in what a package built of it', () => {
  const out = realpathSync(mkdtempSync(join(tmpdir(), 'rowsmith-maps-')));
  const built = join(out, 'generated/models/task.d.ts');
  const user = `import type { Task } from '${built.replace('.d.ts', '.js')}'; declare const task: Task; void task./* stored */taskId;`;
  try {
    const declarations: ts.CompilerOptions = {
      ...options,
      noEmit: false,
      declaration: true,
      declarationMap: true,
      emitDeclarationOnly: true,
      rootDir: repositoryPath('.'),
      outDir: out,
    };
    ts.createProgram([repositoryPath('generated/models/task.ts')], declarations).emit();
    expect(definition(editor(user), user, 'stored')).toEqual({
      file: 'generated/models/task.ts',
      line: 'taskId: string;',
    });
    rmSync(`${built}.map`);
    expect(definition(editor(user), user, 'stored')).toEqual({
      file: relative(repositoryPath('.'), built),
      line: 'taskId: string;',
    });
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
