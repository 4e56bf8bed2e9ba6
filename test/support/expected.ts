import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { repositoryPath } from './repository.js';

/**
 * Compares a text with the file that contains it. `ROWSMITH_UPDATE_CASES=1` rewrites the file. Read the diff before you
 * commit it.
 */
export function expectFile(path: string, text: string): void {
  if (process.env['ROWSMITH_UPDATE_CASES'] !== undefined) writeFileSync(repositoryPath(path), text);
  expect(text).toBe(readFileSync(repositoryPath(path), 'utf8'));
}
