import type { Column, Relation } from '../../catalog/catalog.js';

/** The decorator of an entity: `@Entity('tasks')`, `@Entity('invoices', { schema: 'billing' })`. */
export function entityDecorator({ schema, name }: Relation): string {
  return `@Entity(${quoted(name)}${schema === 'public' ? '' : `, { schema: ${quoted(schema)} }`})`;
}

/** The decorator of a column, with what TypeORM does not see in the property: `@Column({ type: 'text', nullable: true })`. */
export function columnDecorator(column: Column, relation: Relation, property: string): string {
  const isKey = relation.primaryKey?.columns.includes(column.name) ?? false;
  const isOnly = isKey && relation.primaryKey?.columns.length === 1;
  const generated = isOnly ? generation(column) : undefined;
  const named = property === column.name ? [] : [`name: ${quoted(column.name)}`];
  if (generated === 'uuid') return `@PrimaryGeneratedColumn('uuid'${options(named, ', ')})`;
  if (generated === 'increment') return `@PrimaryGeneratedColumn(${options([...named, ...typeOf(column)])})`;
  return `@${isKey ? 'PrimaryColumn' : 'Column'}(${options([...named, ...typeOf(column), ...factsOf(column)])})`;
}

/** How the database makes a key by itself, as TypeORM calls it. */
function generation({ type, identity, default: byDefault = '' }: Column): 'increment' | 'uuid' | undefined {
  if (identity !== undefined || /^nextval\(/.test(byDefault)) return 'increment';
  return type.name === 'uuid' && /^(?:gen_random_uuid|uuid_generate_v\w+)\(\)$/.test(byDefault) ? 'uuid' : undefined;
}

/** The type in SQL, without its precision; a type of the project's own is left to TypeORM's configuration. */
function typeOf({ type: { sql, schema, dimensions } }: Column): readonly string[] {
  const array = dimensions === undefined ? [] : ['array: true'];
  const base = sql.replace(/\(.*?\)/g, '').replace(/(?:\[\])+$/, '');
  return schema === undefined ? [`type: ${quoted(base)}`, ...array] : array;
}

function factsOf({ notNull, default: byDefault, generated }: Column): readonly string[] {
  return [
    ...(notNull ? [] : ['nullable: true']),
    ...(byDefault === undefined || generated !== undefined ? [] : [`default: () => ${JSON.stringify(byDefault)}`]),
  ];
}

const options = (list: readonly string[], before = ''): string =>
  list.length === 0 ? '' : `${before}{ ${list.join(', ')} }`;

const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;
