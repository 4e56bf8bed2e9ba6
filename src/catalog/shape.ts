import type {
  BaseType,
  Catalog,
  Check,
  Column,
  ColumnName,
  CompositeType,
  DomainType,
  EnumType,
  ForeignKey,
  Index,
  InferredExpression,
  Key,
  Policy,
  QualifiedName,
  QueryColumn,
  QueryFact,
  QueryParameter,
  RangeType,
  Relation,
  RoutineArgument,
  RoutineFact,
  SchemaFact,
  Trigger,
  TypeRef,
} from './catalog.js';

/** The shape of a value in a catalog file. */
type Shape =
  | { readonly kind: 'string' | 'boolean' | 'number' | 'dimensions' }
  | { readonly kind: 'one of'; readonly values: readonly unknown[] }
  | { readonly kind: 'either'; readonly of: readonly Shape[] }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'object'; readonly keys: Readonly<Record<string, Shape | Optional>> };

interface Optional {
  readonly kind: 'optional';
  readonly of: Shape;
}

/** The maximum number of dimensions in a declaration. Values have at most six, but a declaration may have more. */
const mostDimensions = 1000;

/** The shapes of an object's properties. The type requires every property, so the compiler reports a missing one. */
type Keys<T> = { readonly [K in keyof T]-?: object extends Pick<T, K> ? Optional : Shape };

const object = <T>(keys: Keys<T>): Shape => ({ kind: 'object', keys });
const optional = (of: Shape): Optional => ({ kind: 'optional', of });
const list = (of: Shape): Shape => ({ kind: 'list', of });
const oneOf = <T>(...values: readonly T[]): Shape => ({ kind: 'one of', values });
const string: Shape = { kind: 'string' };
const boolean: Shape = { kind: 'boolean' };
const number: Shape = { kind: 'number' };
const yes = optional(oneOf(true));
const text = optional(string);

const qualifiedName = { schema: string, name: string };
const dimensions: Shape = { kind: 'either', of: [{ kind: 'dimensions' }, oneOf('unknown')] };
const type = object<TypeRef>({
  schema: text,
  name: string,
  dimensions: optional(dimensions),
  modifier: optional(number),
  sql: string,
});
const key: Keys<Key> = { name: string, columns: list(string), deferrable: yes };
const action = optional(oneOf<ForeignKey['onDelete']>('restrict', 'cascade', 'set null', 'set default'));
const check = object<Check>({ name: string, expression: string, notValid: yes, noInherit: yes });

const column = object<Column>({
  name: string,
  type,
  notNull: boolean,
  refusesNull: yes,
  takesNull: yes,
  default: text,
  identity: optional(oneOf<Column['identity']>('always', 'by default')),
  generated: optional(oneOf<Column['generated']>('stored', 'virtual')),
  readOnly: yes,
  writtenBy: optional(oneOf<Column['writtenBy']>('insert', 'update')),
  filledBy: optional(oneOf<Column['filledBy']>('default', 'trigger')),
  nondeterministic: yes,
  comment: text,
});

const trigger = object<Trigger>({
  name: string,
  timing: oneOf<Trigger['timing']>('before', 'after', 'instead of'),
  events: list(oneOf<Trigger['events'][number]>('insert', 'update', 'delete', 'truncate')),
  columns: optional(list(string)),
  level: oneOf<Trigger['level']>('row', 'statement'),
  function: object<QualifiedName>(qualifiedName),
  condition: text,
  sets: optional(list(string)),
  disabled: yes,
});

const policy = object<Policy>({
  name: string,
  command: oneOf<Policy['command']>('all', 'select', 'insert', 'update', 'delete'),
  roles: optional(list(string)),
  restrictive: yes,
  using: text,
  check: text,
});

const relation = object<Relation>({
  ...qualifiedName,
  kind: oneOf<Relation['kind']>(
    'table',
    'partitioned table',
    'partition',
    'view',
    'materialized view',
    'foreign table',
  ),
  comment: text,
  parents: optional(list(object<QualifiedName>(qualifiedName))),
  partitionKey: text,
  partitionBound: text,
  insertable: boolean,
  extension: text,
  rowSecurity: yes,
  inherited: yes,
  fillsInserts: yes,
  columns: list(column),
  primaryKey: optional(object<Key>(key)),
  uniques: list(object<Key>(key)),
  foreignKeys: list(
    object<ForeignKey>({
      ...key,
      references: object<ForeignKey['references']>({ ...qualifiedName, columns: list(string) }),
      onDelete: action,
      onUpdate: action,
      notValid: yes,
      deferrable: yes,
      period: yes,
    }),
  ),
  checks: list(check),
  indexes: list(
    object<Index>({
      name: string,
      method: string,
      unique: boolean,
      columns: list({ kind: 'either', of: [string, oneOf(null)] }),
      predicate: text,
    }),
  ),
  triggers: optional(list(trigger)),
  policies: optional(list(policy)),
});

const routine = object<RoutineFact>({
  ...qualifiedName,
  kind: oneOf<RoutineFact['kind']>('function', 'procedure', 'aggregate', 'window'),
  arguments: list(
    object<RoutineArgument>({
      name: text,
      type,
      mode: oneOf<RoutineArgument['mode']>('in', 'out', 'inout', 'variadic', 'table'),
      hasDefault: yes,
    }),
  ),
  returns: optional(type),
  returnsSet: yes,
  volatility: oneOf<RoutineFact['volatility']>('immutable', 'stable', 'volatile'),
  strict: yes,
  comment: text,
});

const columnName = object<ColumnName>({ ...qualifiedName, column: string });

const catalog = object<Catalog>({
  schemas: list(object<SchemaFact>({ name: string, tenants: yes, comment: text })),
  relations: list(relation),
  enums: list(object<EnumType>({ ...qualifiedName, labels: list(string), comment: text })),
  domains: list(
    object<DomainType>({
      ...qualifiedName,
      base: type,
      notNull: boolean,
      nondeterministic: yes,
      checks: list(check),
      default: text,
      comment: text,
    }),
  ),
  composites: list(
    object<CompositeType>({
      ...qualifiedName,
      attributes: list(object<CompositeType['attributes'][number]>({ name: string, type })),
      comment: text,
    }),
  ),
  ranges: list(object<RangeType>({ ...qualifiedName, subtype: type, multirange: text, comment: text })),
  baseTypes: list(object<BaseType>({ ...qualifiedName, extension: text, comment: text })),
  functions: list(routine),
  expressions: list(
    object<InferredExpression>({
      relation: object<QualifiedName>(qualifiedName),
      field: string,
      sql: string,
      type,
      notNull: boolean,
      assertNotNull: yes,
      volatile: yes,
      needs: list(string),
    }),
  ),
  queries: optional(
    list(
      object<QueryFact>({
        file: string,
        line: number,
        name: string,
        kind: oneOf<QueryFact['kind']>('one', 'maybe', 'many', 'exec'),
        digest: string,
        comment: text,
        parts: list(string),
        uses: list(number),
        parameters: list(
          object<QueryParameter>({ name: string, type, nullable: boolean, origin: optional(columnName) }),
        ),
        columns: list(object<QueryColumn>({ name: string, type, notNull: boolean, origin: optional(columnName) })),
        standsIn: optional(oneOf<NonNullable<QueryFact['standsIn']>>('from', 'with')),
        reads: list(object<QualifiedName>(qualifiedName)),
        writes: list(object<QualifiedName>(qualifiedName)),
      }),
    ),
  ),
});

/**
 * The first place where a value does not have a catalog's shape, such as `relations[0].columns[2].type`; undefined if
 * the value is a catalog.
 */
export function misshapen(value: unknown): string | undefined {
  return placeIn(value, catalog, '');
}

function placeIn(value: unknown, shape: Shape, place: string): string | undefined {
  switch (shape.kind) {
    case 'one of':
      return shape.values.includes(value) ? undefined : place;
    case 'either':
      return shape.of.some((one) => placeIn(value, one, place) === undefined) ? undefined : place;
    case 'list':
      return Array.isArray(value)
        ? firstOf(value, (item, index) => placeIn(item, shape.of, `${place}[${index}]`))
        : place;
    case 'object':
      return isObject(value) ? placeInObject(value, shape.keys, place) : place;
    case 'dimensions':
      return Number.isInteger(value) && Number(value) > 0 && Number(value) <= mostDimensions ? undefined : place;
    default:
      return typeof value === shape.kind ? undefined : place;
  }
}

function placeInObject(
  value: Readonly<Record<string, unknown>>,
  keys: Readonly<Record<string, Shape | Optional>>,
  place: string,
): string | undefined {
  const at = (name: string) => (place === '' ? name : `${place}.${name}`);
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(keys, name));
  if (unknown !== undefined) return at(unknown);
  return firstOf(Object.entries(keys), ([name, shape]) => {
    const isThere = Object.hasOwn(value, name);
    if (shape.kind !== 'optional') return isThere ? placeIn(value[name], shape, at(name)) : at(name);
    return isThere ? placeIn(value[name], shape.of, at(name)) : undefined;
  });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function firstOf<Item>(
  items: readonly Item[],
  find: (item: Item, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
