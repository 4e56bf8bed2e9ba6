import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Catalog } from '../../src/catalog/catalog.js';
import { introspect } from '../../src/index.js';
import { proposeFromSchema } from '../../src/init/schema-proposal.js';
import { hostileFolders } from './hostile-folders.js';
import { failureOf, scratchFolder } from './scratch.js';

const { folder, write } = scratchFolder();

/** A file as an editor on Windows writes it: a byte order mark, and lines that end in CRLF. */
const asOnWindows = (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`;

/**
 * The relations of a catalog with their columns, without those that `init` excludes, since a tool keeps them for
 * itself.
 */
function tablesOf(catalog: Catalog): string[] {
  const { exclude } = proposeFromSchema(catalog, {});
  const isOwn = (schema: string, name: string) => exclude.includes(name) || exclude.includes(`${schema}.${name}`);
  return catalog.relations
    .filter(({ schema, name }) => !isOwn(schema, name))
    .map(({ schema, name, columns }) => `${schema}.${name} (${columns.map((column) => column.name).join(', ')})`);
}

describe.each(hostileFolders)('a hostile folder of $tool', ({ tool, source = '', files, program, leftOut, tables }) => {
  const place = tool.replaceAll(/\W+/g, '-');
  for (const [file, text] of Object.entries(files)) {
    write(join(place, file), file.endsWith('.sql') ? asOnWindows(text) : text);
  }
  const read = async (allowMissing: readonly string[], notes: string[] = []) =>
    introspect({
      config: { source: { sql: join(place, source), allowMissing } },
      folder,
      onNote: (note) => notes.push(note),
    });

  test('gives the schema that the tool makes', async () => {
    const notes: string[] = [];
    const catalog = await read(program === undefined ? [] : [program], notes);
    expect(tablesOf(catalog)).toEqual(tables);
    const named = notes.map((note) => note.slice(note.indexOf(place) + place.length + 1).replace(/ skipped: .*/, ''));
    expect(named.sort()).toEqual(leftOut);
  });

  if (program !== undefined)
    test('is refused for its program', async () => {
      const { message, hint } = await failureOf(read([]));
      expect(message).toContain(`${program} is a migration written as a program`);
      expect(hint).toContain(`allowMissing: ['${program}']`);
    });
});
