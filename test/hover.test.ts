import { expect, test } from '@jest/globals';
import ts from 'typescript';
import { repositoryPath } from './support/repository.js';

/** What an editor shows for a result: the model's name, not its expansion. */
const cases: readonly (readonly [expression: string, shown: string])[] = [
  ["readTasks(db, (query) => query.where('task.state', '=', 'error'))", 'Promise<Task[]>'],
  ["readTasks(db, ['taskId', 'summary'])", 'Promise<Pick<Task & TaskCode, "taskId" | "summary">[]>'],
  ['withRelated(db, [] as Task[], { steps: taskRelations.workflowSteps })', 'Promise<(Task & { steps: WorkflowStep[]; })[]>'],
];

const text = `
  import type { Kysely } from 'kysely';
  import type { DB } from '../generated/db.js';
  import { readTasks, type Task } from '../generated/models/task.js';
  import { taskRelations } from '../generated/relations/task.js';
  import { withRelated } from '../generated/runtime/related.js';
  declare const db: Kysely<DB>;
  ${cases.map(([expression], index) => `export const result${index} = ${expression};`).join('\n')}`;

test('results are shown by the names of models', () => {
  const file = repositoryPath('test/hover.ts');
  const options: ts.CompilerOptions = { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, strict: true, skipLibCheck: true, noEmit: true, types: ['node'] };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile;
  const languageVersion = { languageVersion: ts.ScriptTarget.ES2022, impliedNodeFormat: ts.ModuleKind.ESNext } as const;
  host.getSourceFile = (name, ...rest) => (name === file ? ts.createSourceFile(name, text, languageVersion) : read(name, ...rest));
  host.fileExists = (name) => name === file || ts.sys.fileExists(name);
  const program = ts.createProgram([file], options, host);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const exported = (source && checker.getSymbolAtLocation(source)?.exports) ?? new Map<ts.__String, ts.Symbol>();
  expect(program.getSemanticDiagnostics(source).map(({ messageText }) => messageText)).toEqual([]);
  expect([...exported.values()].map((symbol) => checker.typeToString(checker.getTypeOfSymbol(symbol)))).toEqual(cases.map(([, shown]) => shown));
});
