import { expect, test } from '@jest/globals';
import { COMPILERS_IN_TURN, typecheck } from './support/compile.js';
import { repositoryPath } from './support/repository.js';

test.each(COMPILERS_IN_TURN)('every refusal is one under TypeScript %s', (compiler) => {
  expect(typecheck({ dir: repositoryPath('test/types'), compiler, resolution: 'nodenext' })).toEqual({
    ok: true,
    output: '',
  });
});
