import { existsSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { isWorkspace } from '../config/environment.js';
import { makesSql } from '../postgres/embedded/not-sql.js';
import type { Project } from './project.js';
import type { ProposedSource } from './proposal.js';

/** A way to keep a schema that is no SQL: what shows it, and what makes SQL of it. */
interface OtherSchema {
  readonly name: string;
  /** Files of the project, the most telling first; a star stands for an extension. */
  readonly files: readonly string[];
  /** Packages that show it too. */
  readonly packages?: readonly string[];
  /** What to do. */
  readonly remedy: (file: string) => string;
  /** SQL of the same tool, in whose presence there is nothing to say. */
  readonly unless?: RegExp;
}

const live = 'migrate a database and pass its URL as the source';

/** Migrations that are programs run only if somebody writes that they should. */
const runBy = (tool: 'kysely' | 'knex') =>
  `its migrations are programs: source: { migrations: '<their folder>', tool: '${tool}' } in the config runs them`;

const schemas: readonly OtherSchema[] = [
  { name: 'Rails', files: ['db/schema.rb'], remedy: () => makesSql.rails, unless: /structure\.sql$/ },
  {
    name: 'Prisma',
    files: ['prisma/schema.prisma', 'schema.prisma', 'prisma/schema'],
    remedy: makesSql.prisma,
    unless: /migration/,
  },
  {
    name: 'Knex',
    files: ['knexfile.*'],
    packages: ['knex'],
    remedy: () => runBy('knex'),
  },
  {
    name: 'Kysely',
    files: ['kysely.config.*', '.config/kysely.config.*'],
    packages: ['kysely-ctl'],
    remedy: () => runBy('kysely'),
  },
  {
    name: 'Drizzle',
    files: ['drizzle.config.*'],
    remedy: () => makesSql.drizzle,
    unless: /^/,
  },
  {
    name: 'TypeORM',
    files: ['ormconfig.*'],
    packages: ['typeorm'],
    remedy: () => `its migrations are programs: ${live}`,
  },
  {
    name: 'Sequelize',
    files: ['.sequelizerc'],
    packages: ['sequelize'],
    remedy: () => `its migrations are programs: ${live}`,
  },
  { name: 'MikroORM', files: ['mikro-orm.config.*'], packages: ['@mikro-orm/core'], remedy: () => makesSql.mikro },
  {
    name: 'Alembic',
    files: ['alembic.ini'],
    remedy: () => 'alembic upgrade head --sql > schema.sql converts it to SQL',
  },
  { name: 'Django', files: ['manage.py'], remedy: () => `its migrations are programs: ${live}` },
  {
    name: 'Liquibase',
    files: ['liquibase.properties', 'src/main/resources/db/changelog', 'db/changelog'],
    remedy: () => 'liquibase update-sql > schema.sql converts it to SQL',
  },
];

/** What is seen of a project's schema that rowsmith does not read, and what to do about each. */
export function otherSchemas({ folder, manifest }: Project, source?: ProposedSource): readonly string[] {
  const chosen = source?.kind === 'sql' ? source.paths.join('\n') : undefined;
  return schemas.flatMap(({ name, files, packages = [], remedy, unless }) => {
    if (source?.kind === 'url' || (chosen !== undefined && unless?.test(chosen))) return [];
    const file = files.map((path) => existing(folder, path)).find((path) => path !== undefined);
    const used = packages.find((one) => manifest?.dependencies.includes(one));
    const seen = file ?? (used === undefined ? undefined : `${used} among the dependencies`);
    return seen === undefined ? [] : [`${name} (${seen}) was found but cannot be read: ${remedy(file ?? '')}`];
  });
}

/** The path of a file that is there; a star at its end stands for an extension. */
function existing(folder: string, path: string): string | undefined {
  if (!path.endsWith('*')) return existsSync(join(folder, path)) ? path : undefined;
  const place = posix.dirname(path);
  const start = posix.basename(path).slice(0, -1);
  const names = existsSync(join(folder, place)) ? readdirSync(join(folder, place)) : [];
  const name = names.find((candidate) => candidate.startsWith(start));
  return name === undefined ? undefined : posix.join(place, name);
}

/** At the root of a workspace: which of its packages has the schema that was found. */
export function packageNotes({ folder }: Project, source: ProposedSource): readonly string[] {
  if (source.kind !== 'sql' || !isWorkspace(folder)) return [];
  const owners = new Set(source.paths.flatMap((path) => ownerOf(folder, path) ?? []));
  return [...owners].map(
    (owner) =>
      `this is the root of a workspace, and its package ${owner} has the schema: run rowsmith init in ${owner}`,
  );
}

/** The package in which a path is: the nearest folder above it that has a package.json, unless that is the root. */
function ownerOf(folder: string, path: string): string | undefined {
  for (let place = posix.dirname(path); place !== '.' && place !== '/'; place = posix.dirname(place))
    if (existsSync(join(folder, place, 'package.json'))) return place;
  return undefined;
}
