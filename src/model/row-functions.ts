import type { Catalog, QualifiedName, Relation, RoutineFact, TypeRef } from '../catalog/catalog.js';
import { groupBy } from '../catalog/collections.js';
import { tenantsSchema } from '../catalog/home-schema.js';
import { nameKey } from '../catalog/name-key.js';
import { rowOf } from '../catalog/row-argument.js';
import { spellIdentifier } from '../catalog/sql.js';
import type { Settings } from '../selection/settings.js';
import { camelCase, fieldName } from './names.js';

/**
 * The functions over a row, by the key of the row's type: `full_name(users)`. Functions of tenants are omitted, because
 * `withSchema` does not apply to functions.
 */
export function rowFunctions(catalog: Catalog): ReadonlyMap<string, readonly RoutineFact[]> {
  const tenants = tenantsSchema(catalog);
  const typed = catalog.functions.flatMap((routine) => {
    const type = routine.schema === tenants ? undefined : rowOf(routine);
    return type ? [{ routine, key: nameKey(type) }] : [];
  });
  return new Map(
    [...groupBy(typed, ({ key }) => key)].map(([key, group]) => [key, group.map(({ routine }) => routine)]),
  );
}

/** The possible names of the field of a function: `full_name(users)` is `fullName`, or in full `fullNameFunction`. */
export function functionFieldNames({ schema, name }: RoutineFact): readonly [plain: string, full: string] {
  const qualified = schema === 'public' ? name : `${schema}_${name}`;
  return [fieldName(name), camelCase(`${qualified}_function`)];
}

/** The types of `pg_catalog` that no column can have: https://www.postgresql.org/docs/current/datatype-pseudo.html. */
const pseudoType =
  /^(any.*|cstring|internal|record|void|unknown|trigger|event_trigger|pg_ddl_command|(language|fdw|index_am|table_am|tsm)_handler)$/;

const isPseudoType = ({ schema, name }: TypeRef) => schema === undefined && pseudoType.test(name);

/** Whether a function returns one value for a row: not a set, not nothing, and not a record of unknown columns. */
export function givesOneValue({ returns, returnsSet }: RoutineFact): boolean {
  return returns !== undefined && !returnsSet && !isPseudoType(returns);
}

/** Notes about functions over a row that are not fields although no column or config entry has their name. */
export function rowFunctionNotes(catalog: Catalog, settings: Settings): readonly string[] {
  const functions = rowFunctions(catalog);
  const omitted = catalog.relations.flatMap((relation) => {
    const named = new Set([
      ...Object.keys(settings.get(relation)?.computed ?? {}),
      ...relation.columns.flatMap(({ name }) => [name, fieldName(name)]),
    ]);
    const found = functions.get(nameKey(relation)) ?? [];
    const isNamed = (routine: RoutineFact) => functionFieldNames(routine).some((name) => named.has(name));
    return found.filter((routine) => !isNamed(routine)).map((routine) => ({ relation, routine }));
  });
  return [
    ...volatileNote(omitted.filter(({ routine }) => givesOneValue(routine))),
    ...valuelessNote(omitted.filter(({ routine }) => !givesOneValue(routine))),
  ];
}

interface Omitted {
  readonly relation: Relation;
  readonly routine: RoutineFact;
}

const spelled = ({ schema, name }: QualifiedName) => `${spellIdentifier(schema)}.${spellIdentifier(name)}`;
const signature = ({ relation, routine }: Omitted) => `${spelled(routine)}(${spelled(relation)})`;

function volatileNote(omitted: readonly Omitted[]): string[] {
  const [first] = omitted;
  if (!first) return [];
  const statements = omitted.map((one) => `ALTER FUNCTION ${signature(one)} STABLE;`);
  const asked = `computed: { ${JSON.stringify(fieldName(first.routine.name))}: { volatile: true } }`;
  return [
    `VOLATILE functions over a row do not become fields, because reading must not write. If they only read, make them fields with ${statements.join(' ')} To use one that writes, set ${asked}.`,
  ];
}

function valuelessNote(omitted: readonly Omitted[]): string[] {
  if (omitted.length === 0) return [];
  const listed = omitted.map((one) => {
    const { returns, returnsSet } = one.routine;
    return `${signature(one)} gives ${returnsSet ? 'a set' : returns?.sql}`;
  });
  return [`Functions over a row that do not return one value do not become fields: ${listed.join(', ')}.`];
}
