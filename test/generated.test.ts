import { fileURLToPath } from 'node:url';
import { ALL_COMPILERS, ALL_RESOLUTIONS, typecheck, typescriptFiles } from './support/compile.js';

const generated = fileURLToPath(new URL('../generated/', import.meta.url));
const ways = ALL_COMPILERS.flatMap((compiler) => ALL_RESOLUTIONS.map((resolution) => ({ compiler, resolution })));

describe('the committed output', () => {
  test('is there', () => {
    expect(typescriptFiles(generated)).not.toEqual([]);
  });

  test.each(ways)('compiles with TypeScript $compiler and $resolution', ({ compiler, resolution }) => {
    expect(typecheck({ dir: generated, compiler, resolution })).toEqual({ ok: true, output: '' });
  });
});
