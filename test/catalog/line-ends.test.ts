import { expect, test } from '@jest/globals';
import { check } from '../../src/index.js';
import { scratchFolder } from './scratch.js';

/** SQL files as Git checks them out on Windows. */
const { write } = scratchFolder();

const schema = `CREATE TYPE mood AS ENUM ('so
so', 'ok');
CREATE TABLE t (
  id integer PRIMARY KEY, -- a comment
  mood mood DEFAULT 'so
so',
  note text DEFAULT $$two
lines$$ CHECK (note IN ('one', 'two
lines')),
  made text GENERATED ALWAYS AS (note || E'\\r\\n') STORED
);
COMMENT ON TABLE t IS 'First.

Second.';
COMMENT ON COLUMN t.note IS E'a\\r\\nb';
CREATE FUNCTION f(t) RETURNS text STABLE LANGUAGE sql AS '
  SELECT ''x''
';
CREATE VIEW v AS SELECT 'two
lines' AS text;
`;

const catalogOf = async (name: string, text: string) =>
  (await check({ config: { source: { sql: write(name, text) } } })).catalog;

test('a file that ends every line with CRLF is the same schema', async () => {
  const checkedOut = schema.replaceAll('\n', '\r\n');
  const catalog = await catalogOf('crlf.sql', checkedOut);
  expect(catalog).toEqual(await catalogOf('lf.sql', schema));
  expect(catalog.relations.find(({ name }) => name === 't')?.comment).toBe('First.\n\nSecond.');
});

test('a line end that is written as such stays', async () => {
  const catalog = await catalogOf('crlf.sql', schema.replaceAll('\n', '\r\n'));
  const table = catalog.relations.find(({ name }) => name === 't');
  expect(table?.columns.find(({ name }) => name === 'note')?.comment).toBe('a\r\nb');
});

test('so does one of a text from Windows, in a file that ends its own lines otherwise', async () => {
  const catalog = await catalogOf('mixed.sql', schema.replace('First.\n', 'First.\r\n'));
  expect(catalog.relations.find(({ name }) => name === 't')?.comment).toBe('First.\r\n\nSecond.');
});
