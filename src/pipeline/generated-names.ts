import type { QualifiedName } from '../catalog/catalog.js';
import type { GeneratedName } from '../diff/side.js';
import type { ComputedField, RelationModel, Schema } from '../model/model.js';

/**
 * Every name that derives from a schema, and what it names. Names that the config gives to fields of its own are not
 * included.
 */
export function generatedNames({ enums, composites, brands, relations, routines }: Schema): GeneratedName[] {
  const byKey = new Map<string, QualifiedName>(relations.map(({ key, relation }) => [key, relation]));
  const types = [...enums, ...composites].map(({ name, type }): GeneratedName => ({ kind: 'type', name, of: type }));
  const ids = brands.flatMap(({ name, of }): GeneratedName[] => {
    const relation = byKey.get(of);
    return relation ? [{ kind: 'type', name, of: relation, detail: 'id' }] : [];
  });
  const callers = routines.map(
    ({ name, routine, parameters }): GeneratedName => ({
      kind: 'caller',
      name,
      of: routine,
      detail: parameters
        .flatMap(({ mode, cast }) => (mode === 'out' ? [] : [cast.replace('pg_catalog.', '')]))
        .join(', '),
    }),
  );
  return [...relations.flatMap((model) => namesOfModel(model, byKey)), ...types, ...ids, ...callers];
}

function namesOfModel(model: RelationModel, byKey: ReadonlyMap<string, QualifiedName>): GeneratedName[] {
  const { relation: of, name, plural, tableName, stored, computed, related } = model;
  return [
    { kind: 'model', name, of },
    { kind: 'relation function', name: plural, of },
    { kind: 'table', name: tableName, of },
    ...stored.map((field): GeneratedName => ({ kind: 'field', name: field.name, of, columns: [field.column] })),
    ...computed.map((field) => nameOfComputed(field, model)),
    ...model.stateMachines.flatMap(({ typeName, storage }): GeneratedName[] =>
      storage.kind === 'column' ? [{ kind: 'states', name: typeName, of, columns: [storage.column] }] : [],
    ),
    ...related.flatMap(({ name: field, target, from, through, to, newest }): GeneratedName[] => {
      const other = byKey.get(target);
      const columns = through ?? from.map(({ column }) => column);
      const detail = newest ? { detail: 'newest' } : {};
      return other ? [{ kind: 'relation', name: field, of, columns, other, otherColumns: to, ...detail }] : [];
    }),
  ];
}

function nameOfComputed(
  { name, source }: ComputedField,
  { relation: of, stateMachines }: RelationModel,
): GeneratedName {
  if (source.kind === 'sql') return { kind: 'field', name, of, detail: name };
  const kept = stateMachines.find(({ field }) => field === source.machine)?.storage;
  const other = kept?.kind === 'transitions' && { other: kept.transitions, otherColumns: [kept.foreignKey] };
  return { kind: 'field', name, of, detail: source.kind, ...other };
}
