import { buildSchema } from '../../../src/model/build.js';
import type { RelatedModel, RelationModel } from '../../../src/model/model.js';
import { readCatalog, writeProgram } from './projects.js';

/** Both programs read a page for every model that leads to others both ways, and type what they read. */
export const pagePrograms = ['plain table types', 'withRelated'] as const;
export type PageProgram = (typeof pagePrograms)[number];

/** Writes the programs beside the output in `folder`; gives the file of each, and how many pages they read. */
export function writePages(folder: string): {
  readonly files: Readonly<Record<PageProgram, string>>;
  readonly pages: number;
} {
  const models = buildSchema(readCatalog(folder), {}).relations;
  const pages = models.flatMap((model) => {
    const parent = model.related.find(({ count }) => count !== 'many');
    const children = model.related.find(({ count }) => count === 'many');
    return parent && children ? [{ model, parent, children }] : [];
  });
  const texts = {
    'plain table types': [
      `import type { DB } from './generated/db.js';\ndeclare const db: Kysely<DB>;`,
      ...pages.map(plainPage),
    ],
    withRelated: [
      `import type { DB } from './generated/db.js';\ndeclare const db: Kysely<DB>;`,
      `import { withRelated } from './generated/runtime/related.js';`,
      ...pages.map(relatedPage),
    ],
  };
  const file = (name: PageProgram) => writeProgram(folder, `pages of ${name}`, texts[name].join('\n'));
  return {
    files: { 'plain table types': file('plain table types'), withRelated: file('withRelated') },
    pages: pages.length,
  };
}

interface Page {
  readonly model: RelationModel;
  readonly parent: RelatedModel;
  readonly children: RelatedModel;
}

/** The rows, their parents' names, three of their open children, and how many there are: a query for each. */
function plainPage({ model: { key, alias }, parent, children }: Page): string {
  const [column] = parent.from.map((one) => one.column);
  const [foreign] = children.to;
  return `export async function ${alias}Page() {
  const rows = await db.selectFrom('${key}').selectAll().limit(10).execute();
  const ids = rows.map(({ id }) => id);
  const parents = await db.selectFrom('${parent.target}').select(['id', 'label']).where('id', 'in', rows.map((row) => row.${column} ?? '0')).execute();
  const children = await db.selectFrom('${children.target}').selectAll().where('${foreign}', 'in', ids).where('status', '=', 'open').orderBy('id').execute();
  const counts = await db.selectFrom('${children.target}').select(({ fn }) => ['${foreign} as key', fn.countAll<string>().as('count')]).where('${foreign}', 'in', ids).groupBy('${foreign}').execute();
  return rows.map((row) => ({
    ...row,
    parent: parents.find(({ id }) => id === row.${column}) ?? null,
    children: children.filter((child) => child.${foreign} === row.id).slice(0, 3),
    count: Number(counts.find(({ key }) => key === row.id)?.count ?? 0),
  }));
}`;
}

function relatedPage({ model: { alias, plural, file }, parent, children }: Page): string {
  const read = `read${plural.replace(/^./, (first) => first.toUpperCase())}`;
  return `import { ${read}, ${alias}Relations } from './generated/relations/${file}.js';
export async function ${alias}Page() {
  return withRelated(db, await ${read}(db, (query) => query.limit(10)), {
    parent: ${alias}Relations.${parent.name}.with({ fields: ['id', 'label'] }),
    children: ${alias}Relations.${children.name}.with({ where: (eb) => eb('status', '=', 'open'), orderBy: { id: 'asc' }, limit: 3 }),
    count: ${alias}Relations.${children.name}.count(),
  });
}`;
}
