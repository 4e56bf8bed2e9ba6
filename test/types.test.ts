import { expect, test } from '@jest/globals';
import { ALL_COMPILERS, typecheck } from './support/compile.js';
import { repositoryPath } from './support/repository.js';

test.each(ALL_COMPILERS)('every refusal is one under TypeScript %s', (compiler) => {
  expect(typecheck({ dir: repositoryPath('test/types'), compiler, resolution: 'nodenext' })).toEqual({
    ok: true,
    output: '',
  });
});
