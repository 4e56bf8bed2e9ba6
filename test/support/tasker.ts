import type { DB } from '../../generated/db.js';
import { type Engine, type OpenDatabase, openEngine } from './engines.js';
import { readSql } from './repository.js';

export { engines } from './engines.js';

/** A database with the Tasker example and its rows. */
export type TaskerDatabase = OpenDatabase<DB>;

export function openTasker(engine: Engine): Promise<TaskerDatabase> {
  const files = ['schema.sql', 'functions.sql', 'rows.sql'];
  return openEngine(engine, files.map((file) => readSql(`examples/tasker/${file}`)).join('\n'));
}
