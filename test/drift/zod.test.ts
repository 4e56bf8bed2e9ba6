import { describe, expect, test } from '@jest/globals';
import { foundInTypeScript, relation } from './support.js';

const ports = relation('ports', { id: 'int4!', big: 'int8', note: 'text' });
const ofFields = async (fields: string) => {
  const text = `import { Id } from '@acme/zod'; const portSchema = z.object({ id: z.number(), ${fields} })`;
  return (await foundInTypeScript(text, [ports])).filter((one) => !one.includes('missing-field'));
};

describe('zod', () => {
  test.each([
    ['a schema of a package, which may be null', 'big: Id.nullable()', ['info unknown-type/ports/big/big']],
    ['one that may be left out', 'big: Id.nullish()', ['info unknown-type/ports/big/big']],
    [
      'one that is required',
      'big: Id',
      ['error nullability-mismatch/ports/big/big may-be-null', 'info unknown-type/ports/big/big'],
    ],
    ['a number that is made of what the driver gives', 'big: z.coerce.number()', []],
    ['a number that is made of a text', 'note: z.coerce.number()', ['error type-mismatch/ports/note/note category']],
    ['a text that is made of anything', 'big: z.coerce.string()', []],
    [
      'a number that is not made',
      'big: z.number()',
      ['error type-mismatch/ports/big/big category', 'error nullability-mismatch/ports/big/big may-be-null'],
    ],
    ['a field that is no column', 'gone: z.coerce.number()', ['warning extra-field/ports/gone unknown']],
  ])('%s', async (_, fields, want) => {
    expect(await ofFields(fields)).toEqual(want);
  });
});
