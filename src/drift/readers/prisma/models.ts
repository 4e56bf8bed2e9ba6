import type { DeclaredEnum, DeclaredField, DeclaredKeys, DeclaredModel } from '../../declared.js';
import type { DeclaredType } from '../../declared-type.js';
import { sqlTypeNamed } from '../../types/drizzle.js';
import { prismaTypeOf } from '../../types/prisma.js';
import type { PrismaBlock, PrismaField } from './syntax.js';

interface Read {
  readonly models: readonly DeclaredModel[];
  readonly enums: readonly DeclaredEnum[];
}

/** What the blocks of all schemas declare. */
export function prismaModels(blocks: readonly PrismaBlock[]): Read {
  const known: Known = {
    blocks: new Map(blocks.map((block) => [block.name, block])),
    // Relations are then kept by Prisma, and the database has no keys for them.
    hasKeys: !blocks.some(({ settings }) => settings.get('relationMode')?.includes('prisma')),
  };
  const tables = blocks.filter(({ kind }) => kind === 'model' || kind === 'view');
  const used = new Set(tables.flatMap(({ fields }) => fields.map(({ type }) => type)));
  return {
    models: tables.map((block) => modelOf(block, known)),
    enums: blocks.filter(({ kind }) => kind === 'enum').map((block) => enumOf(block, used)),
  };
}

interface Known {
  readonly blocks: ReadonlyMap<string, PrismaBlock>;
  readonly hasKeys: boolean;
}

function modelOf(block: PrismaBlock, known: Known): DeclaredModel {
  const { kind, name, file, line } = block;
  return {
    name,
    path: name,
    language: 'prisma',
    file,
    line,
    construct: kind,
    profile: 'prisma',
    tables: [
      {
        table: tableOf(block),
        by: mapped(block) === undefined ? `the ${kind}` : '@@map',
        ...schemaOf(block),
        // Prisma's client leaves the model out, so that its table may be one that other code makes.
        ...(block.attributes.some((attribute) => attribute.name === 'ignore') ? { mentioned: true as const } : {}),
      },
    ],
    role: { kind: 'row' },
    readsRows: true,
    covers: 'schema',
    ...(kind === 'model' ? { inserts: true as const, keys: keysOf(block, known) } : {}),
    fields: block.fields.map((field) => fieldOf(field, known)),
  };
}

function enumOf(block: PrismaBlock, used: ReadonlySet<string>): DeclaredEnum {
  const { name, file, line, fields } = block;
  const labels = fields.map((field) => textOf(field, 'map') ?? field.name);
  const isUsed = used.has(name);
  return { name: mapped(block) ?? name, ...schemaOf(block), labels, file, line, construct: 'enum', isUsed };
}

function fieldOf(field: PrismaField, known: Known): DeclaredField {
  const { name, line, attributes } = field;
  const column = textOf(field, 'map');
  const kind = known.blocks.get(field.type)?.kind;
  return {
    name,
    line,
    type: typeOf(field, kind),
    ...(column === undefined ? {} : { column: { name: column, by: '@map' } }),
    ...(kind === 'model' || kind === 'view' ? { skipped: 'it is a relation' } : {}),
    ...(attributes.some((attribute) => attribute.name === 'ignore') && kind !== undefined
      ? { skipped: '@ignore' }
      : {}),
  };
}

function typeOf({ type, optional, list, attributes }: PrismaField, kind: string | undefined): DeclaredType {
  const unsupported = /^Unsupported\("([^"(]*)/.exec(type)?.[1];
  const native = attributes.find(({ name }) => name.startsWith('db.'))?.name.slice(3);
  const text = `${type}${list ? '[]' : ''}${optional ? '?' : ''}${native === undefined ? '' : ` @db.${native}`}`;
  const facts = {
    text,
    nullable: optional,
    ...(list ? { nullIsEmpty: true as const } : {}),
    dimensions: list ? 1 : 0,
  };
  if (kind === 'enum') return { ...facts, ...sqlTypeNamed('enum') };
  return { ...facts, ...(unsupported === undefined ? prismaTypeOf(type, native) : sqlTypeNamed(unsupported)) };
}

function keysOf({ fields, attributes }: PrismaBlock, known: Known): DeclaredKeys {
  const names = new Map(fields.map((field) => [field.name, textOf(field, 'map') ?? field.name]));
  const has = (field: PrismaField, name: string) => field.attributes.some((attribute) => attribute.name === name);
  const own = fields.filter((field) => has(field, 'id'));
  const lists = (name: string) =>
    attributes
      // A partial index makes no key: `@@unique([code], where: { deleted: false })`.
      .filter((attribute) => attribute.name === name && !/\bwhere\s*:/.test(attribute.text))
      .flatMap(({ text }) => {
        const columns = columnsIn(text, names);
        return columns ? [columns] : [];
      });
  const primaryKey = own.length > 0 ? own.map(({ name }) => names.get(name) ?? name) : lists('id')[0];
  return {
    ...(primaryKey ? { primaryKey } : {}),
    uniques: [
      ...fields.filter((field) => has(field, 'unique')).map(({ name }) => [names.get(name) ?? name]),
      ...lists('unique'),
    ],
    indexes: lists('index'),
    foreignKeys: fields.flatMap((field) => {
      const relation = field.attributes.find(({ name }) => name === 'relation')?.text ?? '';
      const target = known.hasKeys ? known.blocks.get(field.type) : undefined;
      const columns = columnsIn(relation, names);
      return columns && target ? [{ columns, table: tableOf(target) }] : [];
    }),
  };
}

/** Columns of the fields that an attribute lists: `[authorId, title(sort: Desc)]`, `fields: [id]`, or only `id`. */
function columnsIn(text: string, names: ReadonlyMap<string, string>): readonly string[] | undefined {
  const [, many, one] = /(?:^|,|\bfields:)\s*(?:\[([^\]]*)\]|(\w+)\s*(?:$|[,(]))/.exec(text) ?? [];
  const list = many ?? one;
  const fields = list
    ?.replace(/\([^)]*\)/g, '')
    .split(',')
    .map((name) => name.trim());
  const columns = fields?.map((name) => names.get(name));
  return columns?.some((name) => name === undefined) ? undefined : columns?.flatMap((name) => name ?? []);
}

function tableOf(block: PrismaBlock): string {
  return mapped(block) ?? block.name;
}

function mapped({ attributes }: PrismaBlock): string | undefined {
  return stringIn(attributes.find(({ name }) => name === 'map')?.text);
}

function schemaOf({ attributes }: PrismaBlock): { readonly schema?: string } {
  const schema = stringIn(attributes.find(({ name }) => name === 'schema')?.text);
  return schema === undefined ? {} : { schema };
}

function textOf({ attributes }: PrismaField, name: string): string | undefined {
  return stringIn(attributes.find((attribute) => attribute.name === name)?.text);
}

function stringIn(text: string | undefined): string | undefined {
  return /"((?:[^"\\]|\\.)*)"/.exec(text ?? '')?.[1];
}
