/**
 * The tests that mutants are tried with: those that need no process of their own and no compiler. What they ask of servers is asked
 * once, and answered from a record then (`recorded.ts`). The quick ones come first: the first that fails ends the trial of a mutant.
 */
export const testFiles: readonly string[] = [
  'test/drift/rules.test.ts',
  'test/drift/reports.test.ts',
  'test/drift/renames.test.ts',
  'test/drift/readers-rust.test.ts',
  'test/drift/readers-typescript.test.ts',
  'test/drift/files.test.ts',
  'test/drift/sql-writes.test.ts',
  'test/drift/suggestions.test.ts',
  'test/names.test.ts',
  'test/model/build.test.ts',
  'test/model/refusals.test.ts',
  'test/transitions.test.ts',
  'test/relations.test.ts',
  'test/view-writes.test.ts',
  'test/diff/facts.test.ts',
  'test/diff/reports.test.ts',
  'test/diff/suspicions.test.ts',
  'test/diff/touches.test.ts',
  'test/diff/renames.test.ts',
  'test/diff/changes.test.ts',
  'test/diff/usage.test.ts',
  'test/check-literals.test.ts',
  'test/cases.test.ts',
  'test/notes.test.ts',
  'test/drift/tasker.test.ts',
  'test/drift/generated.test.ts',
  'test/drift/formats.test.ts',
];

/** Of those files. */
export const leftOut = /from PostgreSQL|from SQL on the embedded Postgres|compiles with TypeScript/;
