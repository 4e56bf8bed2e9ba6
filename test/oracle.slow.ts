import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Catalog } from '../src/catalog/catalog.js';
import { homeSchema, relationKey } from '../src/catalog/home-schema.js';
import { generate, loadConfig } from '../src/index.js';
import { type Looser, looserTypes, type Pair } from './oracle/compare.js';
import { repositoryPath } from './support/repository.js';

/**
 * Each difference by its Postgres type, axis and both TypeScript types, below the reason why rowsmith's type is right.
 */
const differences = JSON.parse(readFileSync(repositoryPath('test/oracle/differences.json'), 'utf8')) as readonly {
  readonly reason: string;
  readonly lines: readonly string[];
}[];

const schemas = [
  { name: 'tasker', folder: 'examples/tasker', catalog: '../../generated/catalog.json' },
  ...readdirSync(repositoryPath('test/cases'))
    .sort()
    .map((name) => ({ name, folder: `test/cases/${name}`, catalog: 'expected/catalog.json' })),
];

/**
 * Both outputs of each schema, for what the schema alone says: with the config's models, but without its promises about
 * values.
 */
async function generateBoth(
  workspace: string,
): Promise<{ readonly pairs: readonly Pair[]; readonly types: ReadonlyMap<string, string> }> {
  const pairs: Pair[] = [];
  const types = new Map<string, string>();
  for (const { name, folder, catalog } of schemas) {
    const models = (await loadConfig(undefined, repositoryPath(folder)))?.config.models ?? {};
    const common = { models, source: { catalog }, include: [() => true] };
    const write = (out: string, tables: object) =>
      generate({ config: { ...common, ...tables, out: join(workspace, name, out) }, folder: repositoryPath(folder) });
    const { out } = await write('ours', {});
    await write('theirs', { tables: { format: 'kysely-codegen', partitions: true } });
    pairs.push({ schema: name, ours: `./${name}/ours/db.js`, theirs: `./${name}/theirs/db.js` });
    const { relations, schemas } = JSON.parse(readFileSync(join(out, 'catalog.json'), 'utf8')) as Catalog;
    for (const relation of relations)
      for (const column of relation.columns)
        types.set(`${name} ${relationKey(relation, homeSchema({ schemas }))} ${column.name}`, column.type.sql);
  }
  return { pairs, types };
}

test('types are never looser than those of kysely-codegen, but for the differences that are listed with their reasons', async () => {
  // Outside the repository, where the compiler adds no types of its own. Imports are resolved through the link.
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'rowsmith-oracle-')));
  try {
    symlinkSync(repositoryPath('node_modules'), join(workspace, 'node_modules'), 'junction');
    writeFileSync(join(workspace, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    const { pairs, types } = await generateBoth(workspace);
    const line = ({ schema, table, column, axis, ours, theirs }: Looser) => {
      const place = column === undefined ? `${schema}, ${table}` : `${schema}, ${table}.${column}`;
      const type = ours === 'none' || theirs === 'none' ? undefined : types.get(`${schema} ${table} ${column}`);
      return `${type ?? place}: ${axis} ${ours}, not ${theirs}`;
    };
    const found = [...new Set(looserTypes(workspace, pairs).map(line))].sort();
    expect(found).toEqual(differences.flatMap(({ lines }) => lines).sort());
  } finally {
    rmSync(workspace, { recursive: true });
  }
});
